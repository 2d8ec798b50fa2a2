"""The keys of a configuration: one table, from which files are checked, the schema is made and `tidy init` writes."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any, Final

from attrs import frozen

from tidytranscript.config import readers
from tidytranscript.config.readers import LEVELS, Reading
from tidytranscript.passes.turns import LEAST

_Read = Callable[[Any, str, Reading], Any]


@frozen
class Key:
    """One key.

    Attributes:
        name: as it stands in a file.
        default: its value where nobody sets it.
        about: what it says, in a line.
        example: TOML, as `tidy init` writes it.
        schema: its values as a JSON schema.
        read: the value as the library takes it; problems go to the Reading.
    """

    name: str
    default: Any
    about: str
    example: str
    schema: Mapping[str, Any]
    read: _Read


_TEXTS: Final = {"type": "array", "items": {"type": "string"}}
_SHARE: Final = {
    "oneOf": [{"type": "number", "minimum": 0, "maximum": 1}, {"type": "string", "pattern": r"^[\d.]+ ?%$"}]
}
_OPTIONS: Final = {"type": "object", "properties": {"confidence": _SHARE}, "additionalProperties": False}

KEYS: Final = {
    key.name: key
    for key in (
        Key(
            "level",
            "clean",
            "How far from the spoken words the output may go: verbatim, clean or edited.",
            'level = "clean"',
            {"enum": LEVELS},
            readers.read_level,
        ),
        Key(
            "select",
            None,
            "Only these passes and rules run.",
            'select = ["echo", "fillers"]',
            _TEXTS,
            readers.read_rules,
        ),
        Key("ignore", (), "These passes and rules do not run.", 'ignore = ["turns"]', _TEXTS, readers.read_rules),
        Key(
            "names",
            (),
            "People who may speak, or be spoken of; misheard forms of them are put right.",
            'names = ["Ann Lee", "Bo Ek"]',
            _TEXTS,
            readers.read_texts,
        ),
        Key(
            "corrections",
            (),
            "Correction dictionaries beside the shipped ones, relative to this file.",
            'corrections = ["names.toml"]',
            _TEXTS,
            readers.read_paths,
        ),
        Key(
            "words",
            None,
            "Word lists of your own: a file, or the tables themselves.",
            'words = { fillers = { sounds = ["eeh"] } }',
            {"oneOf": [{"type": "string"}, {"type": "object", "additionalProperties": {"type": "object"}}]},
            readers.read_words,
        ),
        Key("plugins", (), "Passes that other packages bring.", "plugins = []", _TEXTS, readers.read_texts),
        Key(
            "protect",
            (),
            "Regular expressions: what they match does not change.",
            "protect = ['\\b[A-Z]{2}-\\d+\\b']",
            _TEXTS,
            readers.read_patterns,
        ),
        Key(
            "sure",
            LEAST,
            "How sure a guessed change of speaker must be, 0 to 1.",
            f"sure = {LEAST}",
            _SHARE,
            readers.read_share,
        ),
        Key(
            "fold",
            False,
            "Make guessed turns of Right or Yeah alone a part of the turn around them.",
            "fold = false",
            {"type": "boolean"},
            readers.read_flag,
        ),
        Key(
            "max-change",
            None,
            "Write nothing where more than this share of the words would go.",
            'max-change = "20%"',
            _SHARE,
            readers.read_share,
        ),
        Key(
            "rules",
            {},
            "From which confidence on a pass or rule acts, 0 to 1, whatever the level says.",
            "[rules.stutter]\nconfidence = 0.9",
            {"type": "object", "additionalProperties": _OPTIONS},
            readers.read_by_rule,
        ),
    )
}
OVERRIDES: Final = "overrides"
_OVERRIDES_ABOUT: Final = (
    "Other values for some files, by patterns of their paths from here. The last that fits counts."
)


def schema() -> dict[str, Any]:
    """The JSON schema of `tidytranscript.toml`."""
    keys = {key.name: {"description": key.about, **key.schema} for key in KEYS.values()}
    over = {
        "type": "object",
        "properties": {"files": {"description": "Patterns of paths.", "minItems": 1, **_TEXTS}, **keys},
        "required": ["files"],
        "additionalProperties": False,
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "tidytranscript.toml",
        "type": "object",
        "properties": {**keys, OVERRIDES: {"description": _OVERRIDES_ABOUT, "type": "array", "items": over}},
        "additionalProperties": False,
    }


def commented() -> str:
    """A configuration in which every key stands with what it says, commented out.

    >>> commented().splitlines()[3:5]
    ['# How far from the spoken words the output may go: verbatim, clean or edited.', '# level = "clean"']
    """
    lines = [
        "# How `tidy` tidies the transcripts in this folder and below. The values here are examples;",
        "# `tidy config` says what is in force. In pyproject.toml the keys stand under [tool.tidytranscript].",
        "",
    ]
    for key in KEYS.values():
        lines += [f"# {key.about}", *(f"# {line}" for line in key.example.splitlines()), ""]
    lines += [f"# {_OVERRIDES_ABOUT}", "# [[overrides]]", '# files = ["captions/*.vtt"]', '# level = "verbatim"']
    return "\n".join(lines) + "\n"


def written(value: object) -> str:
    """A value for a person to read, as TOML has it where TOML has it."""
    return "-" if value is None else json.dumps(value, ensure_ascii=False, default=str)
