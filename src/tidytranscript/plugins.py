"""What other packages bring: entry points of the groups `tidytranscript.passes`, `.formats` and `.corrections`.

Nothing of them is imported until somebody asks for it by name.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from tidytranscript.errors import BadPlugin, UnknownName

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint


@lru_cache(maxsize=8)
def offered(kind: str) -> dict[str, EntryPoint]:
    """The names that packages offer of a kind: "passes", "formats" or "corrections"."""
    from importlib.metadata import entry_points  # here, as few runs ask for it

    return {point.name: point for point in entry_points(group=f"tidytranscript.{kind}")}


def brought(kind: str, name: str) -> Any:
    """What a package offers under a name. Raises UnknownName, or BadPlugin where it can't be imported."""
    try:
        point = offered(kind)[name]
    except KeyError:
        raise UnknownName.among("plugin", name, offered(kind)) from None
    try:
        return point.load()
    except Exception as error:
        raise BadPlugin(name, point.value, repr(error)) from error
