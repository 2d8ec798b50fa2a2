"""Doubts about who is said to speak: what is said contradicts its label. Nothing changes; each doubt is a remark."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from tidytranscript.rules import Finding, Level, Power, Rule, Transcript, as_pass
from tidytranscript.speakers.attribution import Claim, doubts
from tidytranscript.speakers.labels import labelled

WRONG_SPEAKER: Final = Rule(
    "wrong-speaker",
    Power(0),
    Level.VERBATIM,
    "A speaker who says what the other would: thanks himself by name, or answers his own questions.",
    fixes=(
        (
            "Ann: Well, Ann, thank you for coming.\nBo: It is good to be here.\nAnn: And how are you?\nBo: Fine.",
            "Ann is said to say 'Well, Ann,'",
        ),
        (
            "Ann Lee: Hello, I'm Bo Ek, and I build boats.\nBo Ek: Welcome.\nAnn Lee: Thanks.\nBo Ek: So, why boats?",
            'Ann Lee is said to say "I\'m Bo Ek"',
        ),
        (
            "Ann: How did it begin? Well, I had a good teacher.\nBo: Okay.\nAnn: And what did he teach you? Well, he "
            "taught me to wait. And how long does it take? Yeah, I think it takes years.\nBo: Right.",
            "Ann seems to answer 3 of 3 own questions",
        ),
    ),
    keeps=(
        "Ann: Well, Bo, thank you for coming.\nBo: Thank you, Ann. It is good to be here.\nAnn: So.\nBo: Yes.",
        "Ann Lee: Hello, I'm Ann Lee.\nBo Ek: And I'm Bo Ek.\nAnn Lee: Ann Lee, what a name.\nBo Ek: Thank you, Ann.",
        "Ann: How did it begin? What came first?\nBo: Well, I had a good teacher. Who else? Well, my father.\nAnn: Oh.",
    ),
)
SPLIT_SENTENCE: Final = Rule(
    "split-sentence",
    Power(0),
    Level.VERBATIM,
    "A change of speaker inside a word or a sentence.",
    fixes=(
        ("Ann: We went down to the river and\nBo: then we came back.\nAnn: Yes.", "Bo goes on where Ann stops"),
        ("Ann: It was cold.\nBo: I had no\nAnn: coat with me.\nBo: Oh no.", "Ann goes on where Bo stops"),
        (">> We went down to the >> river again. >> Did you? >> Yes.", "somebody goes on where somebody stops"),
    ),
    keeps=(
        "Ann: We went down to the river and...\nBo: then we came back.\nAnn: Yes.",
        "Ann: We went down to the-\nBo: to the sea.\nAnn: No, the river.",
        "Ann: It was cold.\nBo: iPhones froze.\nAnn: Yes.",
    ),
)


@as_pass("attribution", WRONG_SPEAKER, SPLIT_SENTENCE)
def attribution(transcript: Transcript) -> Iterator[Finding]:
    """What is said against the turns that were found, or against the labels in the text where none were looked for."""
    text = transcript.text
    claims = [Claim(turn.speaker, *turn.span) for turn in transcript.turns]
    claims = claims or [Claim(label.name if label else None, start, end) for label, start, end in labelled(text)]
    for doubt in doubts(text, claims):
        rule = SPLIT_SENTENCE if doubt.check == SPLIT_SENTENCE.name else WRONG_SPEAKER
        yield rule.at(doubt.start, doubt.end, doubt.why)
