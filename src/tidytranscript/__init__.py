"""A formatter for transcripts: deterministic, auditable, reversible; it never invents a word."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from tidytranscript.corrections import Dictionary, Entry
    from tidytranscript.decisions import Decision, Decisions
    from tidytranscript.edits import Edit, Patch
    from tidytranscript.errors import (
        AmbiguousFormat,
        BadConfig,
        BadDecisions,
        BadDictionary,
        BadFile,
        BadPlugin,
        BadWordLists,
        CannotHold,
        NoFiniteReach,
        TidyError,
        UnknownName,
        UnreadableInput,
        WorkerEnded,
        WouldOverwrite,
    )
    from tidytranscript.formats import dumps, loads, read, write
    from tidytranscript.formats.cues import voiced
    from tidytranscript.formats.recut import recut
    from tidytranscript.many import tidy_many
    from tidytranscript.pipeline import Change, Pipeline, Result, tidy
    from tidytranscript.powers import Level, Power
    from tidytranscript.rows import Row
    from tidytranscript.rules import Finding, Pass, Rule, as_pass
    from tidytranscript.spans import Span
    from tidytranscript.streaming import Settled, Stream
    from tidytranscript.transcript import Label, Transcript, Turn

__version__ = "0.1.0"

_NAMES: Final = {
    "corrections": "Dictionary Entry",
    "decisions": "Decision Decisions",
    "edits": "Edit Patch",
    "errors": "AmbiguousFormat BadConfig BadDecisions BadDictionary BadFile BadPlugin BadWordLists CannotHold "
    "NoFiniteReach TidyError UnknownName UnreadableInput WorkerEnded WouldOverwrite",
    "formats": "dumps loads read write",
    "formats.cues": "voiced",
    "formats.recut": "recut",
    "many": "tidy_many",
    "pipeline": "Change Pipeline Result tidy",
    "powers": "Level Power",
    "rows": "Row",
    "rules": "Finding Pass Rule as_pass",
    "spans": "Span",
    "streaming": "Settled Stream",
    "transcript": "Label Transcript Turn",
}
_MODULES: Final = {name: module for module, names in _NAMES.items() for name in names.split()}

__all__ = [
    "AmbiguousFormat",
    "BadConfig",
    "BadDecisions",
    "BadDictionary",
    "BadFile",
    "BadPlugin",
    "BadWordLists",
    "CannotHold",
    "Change",
    "Decision",
    "Decisions",
    "Dictionary",
    "Edit",
    "Entry",
    "Finding",
    "Label",
    "Level",
    "NoFiniteReach",
    "Pass",
    "Patch",
    "Pipeline",
    "Power",
    "Result",
    "Row",
    "Rule",
    "Settled",
    "Span",
    "Stream",
    "TidyError",
    "Transcript",
    "Turn",
    "UnknownName",
    "UnreadableInput",
    "WorkerEnded",
    "WouldOverwrite",
    "as_pass",
    "dumps",
    "loads",
    "read",
    "recut",
    "tidy",
    "tidy_many",
    "voiced",
    "write",
]


def __getattr__(name: str) -> Any:
    """A public name, whose module is imported when it is first asked for: `tidy --version` needs none of them."""
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
