"""Speaker turns: from the labels that a text writes, and, where it writes none, a guess from the text itself."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Final

from attrs import field, frozen

from tidytranscript import wordlists
from tidytranscript.corrections import people
from tidytranscript.corrections.names import given_names
from tidytranscript.rules import Finding, Label, Level, Power, Rule, Span, Transcript
from tidytranscript.speakers.guess import LEAST as LEAST
from tidytranscript.speakers.guess import Stretch, guess
from tidytranscript.speakers.labels import labelled
from tidytranscript.speakers.naming import named
from tidytranscript.transcript import UNLABELLED, Speech
from tidytranscript.wordlists import WordLists
from tidytranscript.words import keys

_LANGUAGE: Final = "en"  # the one that the weights know
_NEVER: Final = 2.0  # as a confidence
_SHOWN: Final = 3  # pieces of evidence in a reason
_LONGEST: Final = 3  # words of a back-channel

SPEAKER_LABEL: Final = Rule(
    "speaker-label",
    Power(0),
    Level.VERBATIM,
    "A written label that says who speaks, or that the speaker changes.",
    fixes=(
        ("ANNA: Did it work?\nBEN: It did.\nANNA: Good.", "ANNA | BEN | ANNA"),
        (">> Did it work? >> It did.", "- | -"),
        ("[SPEAKER_00] Did it work?\n[SPEAKER_01] It did.", "SPEAKER_00 | SPEAKER_01"),
    ),
    keeps=("Note: it worked.", "There were two: one old, one new.", "See https://example.org for more."),
)
GUESSED_TURN: Final = Rule(
    "guessed-turn",
    Power(0),
    Level.VERBATIM,
    "A change of speaker that only the words give away.",
    fixes=(
        ("How did you get into this? Well, I had a good teacher. I was lucky.", "Speaker 1 | Speaker 2"),
        ("Well, Ann, thanks so much for coming on. Thank you, it is good to be here.", "Speaker 1 | Speaker 2"),
        (
            "How do you know? Well, I saw it. And then? Yeah, we left.",
            "Speaker 1 | Speaker 2 | Speaker 1 | Speaker 2",
        ),
    ),
    keeps=("We left. And then we came back.", "It was late, right? So we left.", "I stayed. I had work to do."),
)


@frozen
class Turns:
    """The pass, with the names of people who may speak.

    No guessed change of speaker is less sure than `least`. With `fold`, a guessed turn of back-channels alone (`Right.
    Yeah.`) becomes part of the turn around it; `given` word lists add to what is taken for one.
    """

    names: tuple[str, ...] = ()
    least: float = LEAST
    fold: bool = False
    given: WordLists | None = field(default=None, repr=False)
    name: str = field(default="turns", init=False)
    rules: tuple[Rule, ...] = field(default=(SPEAKER_LABEL, GUESSED_TURN), init=False, repr=False)

    def find(self, transcript: Transcript) -> Iterator[Finding]:
        """The turns of a transcript; none where it has turns already."""
        if transcript.of_kind("turn"):
            return
        text = transcript.text
        voices = list(transcript.voices())
        written = [] if voices else list(labelled(text, self.names))
        if voices:
            for (start, end), _, speech in voices:
                yield _turn(text, start, end, speech, SPEAKER_LABEL)
        elif written:
            for label, start, end in written:
                sure = label is None or label.sure
                speech = Speech(label.name if label else None, 1.0 if sure else UNLABELLED)
                yield _turn(text, start, end, speech, SPEAKER_LABEL)
        else:
            yield from self._guessed(transcript)

    def _guessed(self, transcript: Transcript) -> Iterator[Finding]:
        """Guessed turns; one alone in a language that the weights know nothing of."""
        text = transcript.text
        stretches = guess(text, self.least if transcript.language == _LANGUAGE else _NEVER)
        if self.fold:
            lists = wordlists.with_given(transcript.language, self.given or WordLists({}))
            stretches = folded(text, stretches, lists.words("turns", "backchannels"))
        known = [" ".join(name.parts) for name in given_names(self.names, transcript.metadata, ())]
        names = named(text, stretches, known, people.roles(transcript.metadata, self.names))
        for stretch in stretches:
            number = f"Speaker {1 if stretch.asks == stretches[0].asks else 2}"
            name = names.get(stretch.asks, number) if len(stretches) > 1 else None
            reason = ", ".join(f"{feature} ({odds:+.2f})" for feature, odds in stretch.why[:_SHOWN])
            sure = stretch.confidence if name else UNLABELLED
            yield _turn(text, stretch.start, stretch.end, Speech(name, sure), GUESSED_TURN, reason or "the talk begins")


def folded(text: str, stretches: list[Stretch], backchannels: Collection[str]) -> list[Stretch]:
    """The guessed turns without those that only say that somebody listens: each is part of the turn around it."""
    out: list[Stretch] = []
    for i, stretch in enumerate(stretches):
        inside = 0 < i < len(stretches) - 1 and _only(text[stretch.start : stretch.end], backchannels)
        if out and (inside or stretch.asks == out[-1].asks):
            out[-1] = out[-1]._replace(end=stretch.end)
        else:
            out.append(stretch)
    return out


def _only(said: str, backchannels: Collection[str]) -> bool:
    """Whether only back-channels are said: words that are one, or phrases."""
    at, words = 0, keys(said)
    while at < len(words):
        n = next((n for n in range(_LONGEST, 0, -1) if " ".join(words[at : at + n]) in backchannels), 0)
        if not n:
            return False
        at += n
    return True


def _turn(text: str, start: int, end: int, speech: Speech, rule: Rule, reason: str = "a label says so") -> Finding:
    said = text[start:end]
    start += len(said) - len(said.lstrip())
    end = start + len(said.strip())
    span = Span(start, end)
    label = Label(span, "turn", speech)
    return Finding(rule.name, span, f"{speech.speaker or 'someone'} speaks: {reason}", labels=(label,))
