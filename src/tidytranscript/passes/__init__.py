"""The passes, one file each; and their order, which is written out here and nowhere else."""

from __future__ import annotations

from typing import Final

from tidytranscript.passes.attribution import attribution
from tidytranscript.passes.corrections import Corrections
from tidytranscript.passes.echo import echo
from tidytranscript.passes.encoding import encoding
from tidytranscript.passes.fillers import fillers
from tidytranscript.passes.finish import finish
from tidytranscript.passes.fragments import fragments
from tidytranscript.passes.loops import loops
from tidytranscript.passes.markers import markers
from tidytranscript.passes.page import page
from tidytranscript.passes.repairs import repairs
from tidytranscript.passes.repeats import repeats
from tidytranscript.passes.retractions import retractions
from tidytranscript.passes.seams import seams
from tidytranscript.passes.spacing import spacing
from tidytranscript.passes.turns import Turns
from tidytranscript.rules import Pass

ORDER: Final[tuple[Pass, ...]] = (
    encoding,  # first: everything else compares characters
    page,  # before the echo, so that its first line is a line of speech
    echo,  # before spacing: the copy must still match its original letter for letter
    spacing,  # before all that think in words, so that they share one view of them
    loops,  # after the echo, which can look like one
    retractions,  # before fillers, which tell where somebody took something back
    fillers,  # before repeats: `and, uh, and` is a stutter once the filler is out
    loops,  # again: fillers may have stood between the copies
    seams,  # after fillers, with which the next line may begin
    fragments,  # before repeats: `w we we` is a stutter once the fragment is out
    repeats,
    markers,  # before repairs: `the, you know, the` is one attempt once the marker is out
    repairs,  # after repeats: what is left of a stutter is one attempt
    Corrections(),  # after fillers and repeats: `open, uh, AI` is a name once the filler is out
    repeats,  # again: `OpenAI, open AI` is a stutter once both are spelled right
    retractions,  # again, and so on: what one of them takes out may have parted what another looks for
    markers,
    repairs,
    repeats,
    retractions,
    markers,
    repairs,
    seams,  # again: a stutter may have stood in one of the copies
    finish,  # after all that take words out
    page,  # again: a filler may have stood below the page's foot
    echo,  # again: a line may be the end of the one before once its stutters are out
    Turns(),  # behind all: it labels the text as it will be read, and changes nothing
    attribution,  # after the turns, which it doubts
)

CHECKS: Final[tuple[Pass, ...]] = (attribution,)
"""The passes that change and label nothing, and run only when they are asked to."""
