"""Correction dictionaries: what they hold, and how they are read."""

from __future__ import annotations

from tidytranscript.corrections.dictionary import AI, Dictionary
from tidytranscript.corrections.entries import Entry

__all__ = ["AI", "Dictionary", "Entry"]
