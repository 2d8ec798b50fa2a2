"""The log of one file: what it was, how it was tidied, and every edit; enough to take the edits back.

In a file, JSON: `source` holds the bytes of the input, compressed by zlib, in Base64.
"""

from __future__ import annotations

import base64
import hashlib
import json
import zlib
from collections.abc import Mapping
from typing import Any, Final

from attrs import asdict, frozen

from tidytranscript.decisions import Decisions
from tidytranscript.errors import BadFile
from tidytranscript.provenance import Change
from tidytranscript.reports.layout import Layout

SCHEMA: Final = "tidytranscript.log/1"


def hash_of(content: bytes) -> str:
    """The hash that tells the content of a file from all others."""
    return "sha256:" + hashlib.sha256(content).hexdigest()


@frozen
class How:
    """How a file was read and written.

    Attributes:
        read_as: the format that was asked for; None for what the content told.
        encoding: the encoding that was asked for; None for what the content told.
        made: the format of the output.
        written: its encoding.
        layout: its layout.
    """

    read_as: str | None
    encoding: str | None
    made: str
    written: str
    layout: Layout


@frozen
class Log:
    """The log of one file.

    Attributes:
        file: what it was called.
        source: its bytes.
        output: the hash of the bytes that came out.
        how: how it was read and written.
        values: by key, what was in force.
        decisions: those that were obeyed.
        edits: every change, for people and programs that read logs.
    """

    file: str
    source: bytes
    output: str
    how: How
    values: Mapping[str, Any]
    decisions: tuple[Decisions, ...] = ()
    edits: tuple[Change, ...] = ()

    def dumps(self) -> str:
        """The log in JSON."""
        data = {
            "schema": SCHEMA,
            "file": self.file,
            "output": self.output,
            "how": asdict(self.how),
            "settings": self.values,
            "decisions": [json.loads(one.dumps()) for one in self.decisions],
            "edits": [change._asdict() for change in self.edits],
            "source": base64.b64encode(zlib.compress(self.source)).decode("ascii"),
        }
        return json.dumps(data, ensure_ascii=False, indent=1) + "\n"

    @classmethod
    def loads(cls, content: bytes, name: str) -> Log:
        """The log in a file of that name; BadFile where it is none."""
        try:
            data = json.loads(content)
            if data["schema"] != SCHEMA:
                raise ValueError(f"its schema is {data['schema']!r}")
            how = data["how"]
            return cls(
                data["file"],
                zlib.decompress(base64.b64decode(data["source"], validate=True)),
                data["output"],
                How(how["read_as"], how["encoding"], how["made"], how["written"], Layout(**how["layout"])),
                data["settings"],
                tuple([Decisions.loads(json.dumps(one), name) for one in data["decisions"]]),
                tuple([Change(**change) for change in data["edits"]]),
            )
        except (ValueError, KeyError, TypeError, AttributeError, zlib.error, RecursionError) as error:
            raise BadFile(name, (f"no log that `tidy --log` wrote: {error!r}",)) from None
