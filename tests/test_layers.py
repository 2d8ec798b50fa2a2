"""Who imports whom: read from the source, so that a wrong import fails here and not in somebody's head."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import tidytranscript

PACKAGE = Path(tidytranscript.__file__).parent
MODULES = sorted(path.relative_to(PACKAGE).as_posix() for path in PACKAGE.rglob("*.py"))
FRAGILE = ("click", "rich", "ftfy", "yaml", "hypothesis")

GROUND = {"errors", "memo", "sentences", "spans", "words", "wordlists"}
HELPERS = {"begunanew", "blanks", "clauses", "copies", "cuts", "givenup", "guards", "scrolling"}
TRANSCRIPT = GROUND | {"edits", "transcript"}
RULES = TRANSCRIPT | {"powers", "rules"}
PROVENANCE = RULES | {"engine", "provenance"}
PIPELINE = PROVENANCE | {"collector", "passes", "corrections", "decisions", "marks", "pipeline", "plugins", "results"}
PIPELINE |= {"rulings"}
REPORTS = PIPELINE | {"batch", "caching", "config", "formats", "many", "parallel", "places", "reports", "streaming"}

# What a module may name in its types alone.
LATE = (("formats", "provenance"), ("results", "pipeline"))

# Each module or folder of the package, and what it may import beside its own folder.
ALLOWED: dict[str, set[str]] = {
    "errors": set(),
    "collector": set(),
    "spans": set(),
    "memo": set(),
    "words": {"memo"},
    "sentences": set(),
    "blanks": GROUND,
    "begunanew": GROUND | {"clauses", "copies"},
    "clauses": GROUND,
    "copies": GROUND,
    "guards": GROUND | {"copies"},
    "givenup": RULES | {"copies", "cuts"},
    "wordlists": {"errors", "words"},
    "cuts": GROUND,
    "scrolling": TRANSCRIPT,
    "corrections": GROUND,
    "speakers": GROUND,
    "edits": GROUND,
    "transcript": GROUND | {"edits"},
    "powers": GROUND | {"edits"},
    "formats": TRANSCRIPT | {"blanks", "collector", "plugins", "scrolling", "speakers"},
    "rules": TRANSCRIPT | {"powers", "wordlists"},
    "passes": RULES | HELPERS | {"corrections", "speakers"},
    "engine": RULES | {"rulings"},
    "provenance": RULES | {"engine"},
    "places": TRANSCRIPT,
    "rulings": RULES,
    "decisions": TRANSCRIPT,
    "marks": TRANSCRIPT | {"decisions"},
    "pipeline": PIPELINE - {"pipeline"} | {"streaming"},
    "certainty": PROVENANCE | {"pipeline", "results"},
    "streaming": PIPELINE | {"certainty"},
    "results": PROVENANCE | {"collector", "marks", "rulings"},
    "testing": PIPELINE,
    "reports": REPORTS | {"__init__"},
    "cli": REPORTS | {"__init__"},
    "config": PIPELINE,
    "plugins": {"errors"},
    "parallel": {"errors"},
    "frameworks": PIPELINE,
    "rows": PIPELINE,
    "caching": PIPELINE | {"rows"},
    "many": PIPELINE | {"caching", "parallel", "rows"},
    "batch": PIPELINE | {"many", "rows"},
    "__main__": {"cli"},
    "__init__": PIPELINE | {"formats", "many", "rows", "streaming"},
}


def imports(source: str) -> Iterator[tuple[str, bool]]:
    """Each module that a source imports, anywhere in it, and whether only for the type checker."""
    typing_only: set[ast.AST] = set()
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING":
            typing_only.update(inner for statement in node.body for inner in ast.walk(statement))
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node in typing_only) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = "." * node.level + (node.module or "")
            for alias in node.names:
                inner = PACKAGE.parent / base.replace(".", "/") / alias.name
                is_module = inner.is_dir() or inner.with_suffix(".py").is_file()
                yield (f"{base}.{alias.name}" if is_module else base), node in typing_only


def of(module: str) -> list[tuple[str, bool]]:
    return list(imports((PACKAGE / module).read_text(encoding="utf-8")))


def group(module: str) -> str:
    """The name under which `ALLOWED` holds a module, given as a path or as a dotted name."""
    parts = module.removesuffix(".py").split("/") if "/" in module or module.endswith(".py") else module.split(".")[1:]
    return parts[0] if parts else "__init__"


def test_imports_are_seen_wherever_they_stand() -> None:
    source = (
        "from tidytranscript import engine, __version__\n"
        "from typing import TYPE_CHECKING\n"
        "if TYPE_CHECKING:\n    from tidytranscript.rules import Rule\n"
        "def f():\n    import rich.console\n"
    )
    assert sorted(imports(source)) == [
        ("rich.console", False),
        ("tidytranscript", False),
        ("tidytranscript.engine", False),
        ("tidytranscript.rules", True),
        ("typing", False),
    ]


def test_groups_are_named_by_path_and_by_dotted_name() -> None:
    assert [group(name) for name in ("words.py", "passes/echo.py", "__init__.py")] == [
        "words",
        "passes",
        "__init__",
    ]
    assert [group(name) for name in ("tidytranscript.words", "tidytranscript")] == ["words", "__init__"]


@pytest.mark.parametrize("module", MODULES)
def test_module_has_a_place_in_the_layers(module: str) -> None:
    assert group(module) in ALLOWED


@pytest.mark.parametrize("module", MODULES)
def test_module_imports_only_the_layers_below(module: str) -> None:
    own = group(module)
    allowed = ALLOWED[own] | ({own} if "/" in module else set())
    wrong = [
        name
        for name, typing_only in of(module)
        if name.split(".")[0] == "tidytranscript"
        and group(name) not in allowed
        and not (typing_only and (own, group(name)) in LATE)
    ]
    assert wrong == []


@pytest.mark.parametrize("module", MODULES)
def test_module_imports_nothing_relatively(module: str) -> None:
    assert [name for name, _ in of(module) if name.startswith(".")] == []


@pytest.mark.parametrize("module", [m for m in MODULES if m.startswith("passes/") and m != "passes/__init__.py"])
def test_pass_imports_no_other_pass(module: str) -> None:
    assert [name for name, _ in of(module) if name.startswith("tidytranscript.passes")] == []


@pytest.mark.parametrize("module", MODULES)
def test_terminal_libraries_stay_in_cli_and_reports(module: str) -> None:
    found = {name.split(".")[0] for name, _ in of(module)} & {"click", "rich"}
    assert not found or group(module) in ("cli", "reports")


@pytest.mark.parametrize(
    ("library", "place"),
    [("hypothesis", "testing.py"), ("ftfy", "passes/encoding.py"), ("yaml", "formats/frontmatter.py")],
)
def test_library_is_imported_in_one_place(library: str, place: str) -> None:
    assert [m for m in MODULES if library in {name.split(".")[0] for name, _ in of(m)}] == [place]


def test_every_public_name_is_where_the_package_says() -> None:
    assert sorted(tidytranscript._MODULES) == [name for name in tidytranscript.__all__ if name != "__version__"]
    assert all(getattr(tidytranscript, name) is not None for name in tidytranscript.__all__)
    assert set(tidytranscript.__all__) <= set(dir(tidytranscript))
    with pytest.raises(AttributeError, match="has no attribute 'tidyy'"):
        _ = tidytranscript.tidyy


def test_import_loads_no_heavy_library() -> None:
    script = f"import sys; from tidytranscript import *; print([name for name in {FRAGILE!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("module", MODULES)
def test_module_has_at_most_300_lines(module: str) -> None:
    assert (PACKAGE / module).read_text(encoding="utf-8").count("\n") <= 300
