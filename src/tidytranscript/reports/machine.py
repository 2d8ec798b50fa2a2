"""Reports for machines: one JSON document, a JSON object to a line, annotations of GitHub, or SARIF."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from tidytranscript.reports.terminal import put
from tidytranscript.rules import Rule

DOCUMENTS: Final = ("json", "sarif")
"""The formats that are one document, and are one even where all fails."""

Data = Mapping[str, Any]
_SARIF: Final = "https://json.schemastore.org/sarif-2.1.0.json"


def document(kind: str, key: str, items: Iterable[Any], errors: Sequence[Data]) -> str:
    """One JSON document of a kind: what was made, under `key`, and what failed, under `errors`.

    >>> document("findings", "files", [], [])[:41]
    '{\\n  "schema": "tidytranscript.findings/1"'
    """
    data = {"schema": f"tidytranscript.{kind}/1", "version": version(), key: list(items), "errors": list(errors)}
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def lines(items: Iterable[Any], errors: Iterable[Data]) -> str:
    """A JSON object to a line: what was made, then what failed, each under `error`.

    >>> lines([{"a": 1}], [{"file": "b", "message": "no"}])
    '{"a": 1}\\n{"error": {"file": "b", "message": "no"}}\\n'
    """
    every = [*items, *({"error": error} for error in errors)]
    return "".join([json.dumps(item, ensure_ascii=False) + "\n" for item in every])


def github(findings: Iterable[Data], errors: Iterable[Data]) -> str:
    """Annotations, as GitHub's runners read them: <https://docs.github.com/actions/reference/workflow-commands>.

    >>> github([{"file": "a,b.txt", "line": 1, "column": 2, "rule": "filler", "message": "50%"}], [])
    '::warning file=a%2Cb.txt,line=1,col=2,title=filler::50%25\\n'
    """
    out = []
    for f in findings:
        level = "notice" if f.get("kind") == "suggestion" else "warning"
        place = f"file={_property(f['file'])},line={f['line']},col={f['column']},title={_property(f['rule'])}"
        out.append(f"::{level} {place}::{_message(f['message'])}\n")
    out += [f"::error file={_property(error['file'])}::{_message(error['message'])}\n" for error in errors]
    return "".join(out)


def _message(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _message(text).replace(":", "%3A").replace(",", "%2C")


def sarif(findings: Iterable[Data], errors: Sequence[Data], rules: Sequence[Rule]) -> str:
    """A log in SARIF 2.1.0 (OASIS, 2020), with the rules as its catalogue."""
    numbers = {rule.name: i for i, rule in enumerate(rules)}
    results = []
    for f in findings:
        region = {"startLine": f["line"], "startColumn": f["column"]}
        place = {"artifactLocation": {"uri": _uri(f["file"])}, "region": region}
        result = {
            "ruleId": f["rule"],
            "level": "note" if f.get("kind") == "suggestion" else "warning",
            "message": {"text": f["message"]},
            "locations": [{"physicalLocation": place}],
            "properties": {key: f[key] for key in ("kind", "confidence", "old", "new") if key in f},
        }
        if f["rule"] in numbers:
            result["ruleIndex"] = numbers[f["rule"]]
        results.append(result)
    told = [{"level": "error", "message": {"text": error["message"]}} for error in errors]
    driver = {
        "name": "tidytranscript",
        "version": version(),
        "rules": [{"id": rule.name, "shortDescription": {"text": rule.summary}} for rule in rules],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": results,
        "invocations": [{"executionSuccessful": not errors, "toolExecutionNotifications": told}],
    }
    return json.dumps({"$schema": _SARIF, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=2) + "\n"


def _uri(path: str) -> str:
    from urllib.parse import quote

    return quote(path.replace("\\", "/"))


def failed(output_format: str, message: str) -> None:
    """Write the document that says that all failed, for the formats that are one."""
    errors = [{"file": "", "message": message}]
    put(sarif([], errors, ()) if output_format == "sarif" else document("failure", "files", [], errors))


def version() -> str:
    """The version of the library."""
    from tidytranscript import __version__

    return __version__
