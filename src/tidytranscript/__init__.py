"""A formatter for transcripts: deterministic, auditable, reversible; it never invents a word."""

from __future__ import annotations

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
    TidyError,
    UnknownName,
    UnreadableInput,
    WouldOverwrite,
)
from tidytranscript.formats import dumps, loads, read, write
from tidytranscript.formats.cues import voiced
from tidytranscript.formats.recut import recut
from tidytranscript.pipeline import Change, Pipeline, Result, tidy
from tidytranscript.powers import Level, Power
from tidytranscript.rules import Finding, Pass, Rule, as_pass
from tidytranscript.spans import Span
from tidytranscript.transcript import Label, Transcript, Turn

__version__ = "0.1.0"

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
    "Pass",
    "Patch",
    "Pipeline",
    "Power",
    "Result",
    "Rule",
    "Span",
    "TidyError",
    "Transcript",
    "Turn",
    "UnknownName",
    "UnreadableInput",
    "WouldOverwrite",
    "as_pass",
    "dumps",
    "loads",
    "read",
    "recut",
    "tidy",
    "voiced",
    "write",
]
