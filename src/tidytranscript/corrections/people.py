"""The people that the metadata of a recording name: guests, hosts, who stands in the title, and whose channel it is."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any, Final

_NOTED: Final = ("speakers", "speaker", "guests", "guest", "hosts", "host", "author", "people")
_A_NAME: Final = re.compile(r"[A-ZÀ-Þ][\w'’.-]*(?: [A-ZÀ-Þ][\w'’.-]*){1,2}")
_PARTED: Final = re.compile(r"\s[–—|-]\s|[:|,(]")
_OF_A_SHOW: Final = re.compile(
    r"\b(?:podcasts?|show|radio|hour|news|daily|weekly|live|tv|channel|series|interviews?|lectures?|talks?|club|"
    r"network|media|studios?|university|official)\b",
    re.IGNORECASE,
)


def is_like_a_name(text: str) -> bool:
    """Whether a text could be the name of a person: two or three words with capitals, none of which names a show.

    >>> is_like_a_name("Ann Lee"), is_like_a_name("The Ann Lee Show"), is_like_a_name("Physics")
    (True, False, False)
    """
    return _A_NAME.fullmatch(text) is not None and not _OF_A_SHOW.search(text)


def noted(metadata: Mapping[str, Any], *keys: str) -> list[str]:
    """The people under some keys, or under all that hold people; then, if none are named, who stands in the title."""
    return [*_under(metadata, keys or _NOTED), *([] if keys else in_title(metadata))]


def in_title(metadata: Mapping[str, Any]) -> list[str]:
    """The first part of the title that could be a name; nothing if there is none.

    >>> in_title({"title": "Ann Lee Show – Bo Ek: How Whales Sing"})
    ['Bo Ek']
    """
    title = metadata.get("title")
    parts = map(str.strip, _PARTED.split(title)) if isinstance(title, str) else ()
    return [part for part in parts if is_like_a_name(part)][:1]


def roles(metadata: Mapping[str, Any], people: Collection[str]) -> dict[bool, str]:
    """Who asks (True) and who answers, as the metadata have it: a host, a guest; or of `people`, whose channel it is
    and who stands in the title. A channel or a title alone proves nobody: `Deep Work` could be a name.

    >>> roles({"title": "Bo Ek – How Whales Sing", "channel": "Ann Lee"}, ["Ann Lee", "Bo Ek"])
    {True: 'Ann Lee', False: 'Bo Ek'}
    """
    channel, title = str(metadata.get("channel") or ""), str(metadata.get("title") or "")
    hosts = noted(metadata, "hosts", "host") or [name for name in people if name == channel]
    named = [name for name in people if name in title and name not in hosts]
    both = {True: hosts, False: noted(metadata, "guests", "guest") or named}
    return {asks: names[0] for asks, names in both.items() if len(names) == 1}


def _under(metadata: Mapping[str, Any], keys: tuple[str, ...]) -> Iterator[str]:
    for key in keys:
        value = metadata.get(key)
        items = value if isinstance(value, list | tuple) else [value]
        yield from [item for item in items if isinstance(item, str)]
