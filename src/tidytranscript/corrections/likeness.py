"""Words that sound or look like a part of a name.

What sounds alike is told by Metaphone (Lawrence Philips, 1990) or NYSIIS (Robert Taft, 1970), what is spelled alike by
the distance of Damerau and Levenshtein and the similarity of Jaro and Winkler; all are those of the package jellyfish.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType
from typing import Any, Final
from unicodedata import combining, normalize

from attrs import frozen

from tidytranscript.memo import Memo
from tidytranscript.words import bare

LEAST_ALONE: Final = 4  # letters of a part of a name that is told by itself
_LEAST: Final = 3  # letters of one that may be misheard
_ALIKE: Final = 0.78  # similarity of Jaro and Winkler, where the other half of the name stands beside it
_CLOSE: Final = 0.85  # the same, where it is all that there is
_UNLIKE: Final[Mapping[str, str]] = MappingProxyType({})
_TABLE_SIZE: Final = 50_000


@lru_cache(maxsize=8)
def likeness(parts: tuple[str, ...]) -> Memo[str, Mapping[str, str]]:
    """Of some parts of names, those that a token is like, and how: equal, both, sound, spelling or likeness.

    None where the token has no capital.

    >>> dict(likeness(("Jerry", "Tworek"))["(Jery,"])
    {'Jerry': 'both'}
    """
    known = {part: plain(part) for part in dict.fromkeys(parts)}
    by_sound: dict[str, list[str]] = defaultdict(list)
    by_letter: dict[str, list[str]] = defaultdict(list)
    for part, letters in known.items():
        by_letter[letters[:1]].append(part)
        for sound in _sounds(letters):
            by_sound[sound].append(part)
    return Memo(_Parts(known, by_sound, by_letter).like, _TABLE_SIZE)


@frozen
class _Parts:
    """Parts of names, and which of them have a sound, or a first letter."""

    known: Mapping[str, str]
    by_sound: Mapping[str, Sequence[str]]
    by_letter: Mapping[str, Sequence[str]]

    def like(self, token: str) -> Mapping[str, str]:
        import jellyfish

        head, _, key = bare(token)
        if not token[head : head + 1].isupper():
            return _UNLIKE
        word = plain(key.removesuffix("'s"))
        found: dict[str, str] = {}
        for part in self.by_letter.get(word[:1], ()):
            other = self.known[part]
            if word == other:
                found[part] = "equal"
            elif min(len(word), len(other)) >= _LEAST and (
                jellyfish.jaro_winkler_similarity(word, other) >= _ALIKE
                and jellyfish.match_rating_comparison(word, other)
            ):
                close = jellyfish.damerau_levenshtein_distance(word, other) <= 1 and len(other) >= LEAST_ALONE
                found[part] = "spelling" if close else "likeness"
        for sound in _sounds(word):
            for part in self.by_sound.get(sound, ()):
                if found.get(part) != "equal":
                    found[part] = "both" if part in found else "sound"
        return found or _UNLIKE


def alike_spellings(names: Iterable[str]) -> list[tuple[str, str]]:
    """Pairs of words that sound alike and differ in one or two letters, as one name that is spelled in two ways.

    >>> alike_spellings(["Ilya", "Illya", "Anna", "Berlin"])
    [('Illya', 'Ilya')]
    """
    import jellyfish

    by_sound: dict[str, list[str]] = defaultdict(list)
    for name in sorted(set(names)):
        for sound in _sounds(plain(name)) if len(name) >= LEAST_ALONE else ():
            if sound.startswith("m"):
                by_sound[sound].append(name)
    pairs = {(a, b) for group in by_sound.values() for k, a in enumerate(group) for b in group[k + 1 :]}
    return sorted([(a, b) for a, b in pairs if _differ_little(jellyfish, plain(a), plain(b))])


def _differ_little(jellyfish: Any, a: str, b: str) -> bool:
    if a == b or a + "s" == b or b + "s" == a:
        return False
    return bool(jellyfish.damerau_levenshtein_distance(a, b) <= 2 and jellyfish.jaro_winkler_similarity(a, b) >= _CLOSE)


def _sounds(plain: str) -> list[str]:
    import jellyfish

    if len(plain) < _LEAST or not plain.isascii() or not plain.isalpha():
        return []
    codes = [f"m{jellyfish.metaphone(plain)}", f"n{jellyfish.nysiis(plain)}"]
    return [code for code in codes if len(code) > 2]


@lru_cache(maxsize=20_000)
def plain(text: str) -> str:
    """A text in lower case, without accents.

    >>> plain("Jérôme")
    'jerome'
    """
    return "".join([c for c in normalize("NFKD", text.casefold()) if not combining(c)])
