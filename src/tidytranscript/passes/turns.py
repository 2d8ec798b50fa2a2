"""Speaker turns: from the labels that a text writes, and, where it writes none, a guess from the text itself."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from attrs import field, frozen

from tidytranscript.corrections.names import given_names
from tidytranscript.rules import Finding, Label, Level, Power, Rule, Span, Transcript
from tidytranscript.speakers.guess import guess
from tidytranscript.speakers.labels import find_labels
from tidytranscript.speakers.naming import named
from tidytranscript.transcript import UNLABELLED, Speech

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
    """The pass, with the names of people who may speak."""

    names: tuple[str, ...] = ()
    name: str = field(default="turns", init=False)
    rules: tuple[Rule, ...] = field(default=(SPEAKER_LABEL, GUESSED_TURN), init=False, repr=False)

    def find(self, transcript: Transcript) -> Iterator[Finding]:
        """The turns of a transcript; none where it has turns already."""
        if transcript.of_kind("turn"):
            return
        text = transcript.text
        voices = list(transcript.voices())
        written = [] if voices else list(_written(text, self.names))
        if voices:
            for (start, end), _, speech in voices:
                yield _turn(text, start, end, speech, SPEAKER_LABEL)
        elif written:
            for start, end, speech in written:
                yield _turn(text, start, end, speech, SPEAKER_LABEL)
        else:
            known = [" ".join(name.parts) for name in given_names(self.names, transcript.metadata, ())]
            yield from _guessed(text, known)


def _written(text: str, names: tuple[str, ...]) -> Iterator[tuple[int, int, Speech]]:
    """What stands between the labels of a text, where anything does."""
    labels = find_labels(text, names)
    starts = [(0, None), *((label.end, label.name) for label in labels)]
    ends = [*(label.start for label in labels), len(text)]
    for (start, name), end in zip(starts, ends, strict=True):
        if labels and text[start:end].strip():
            yield start, end, Speech(name, 1.0)


def _guessed(text: str, known: list[str]) -> Iterator[Finding]:
    stretches = guess(text)
    names = named(text, stretches, known)
    for stretch in stretches:
        number = f"Speaker {1 if stretch.asks == stretches[0].asks else 2}"
        name = names.get(stretch.asks, number) if len(stretches) > 1 else None
        sure = stretch.confidence if name else UNLABELLED
        yield _turn(text, stretch.start, stretch.end, Speech(name, sure), GUESSED_TURN)


def _turn(text: str, start: int, end: int, speech: Speech, rule: Rule) -> Finding:
    start += len(text[start:end]) - len(text[start:end].lstrip())
    end = start + len(text[start:end].rstrip())
    span = Span(start, end)
    reason = "a label says so" if rule is SPEAKER_LABEL else "questions, answers, greetings and thanks"
    label = Label(span, "turn", speech)
    return Finding(rule.name, span, f"{speech.speaker or 'someone'} speaks: {reason}", labels=(label,))
