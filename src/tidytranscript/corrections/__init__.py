"""Correction dictionaries: what they hold, and how they are read."""

from __future__ import annotations

from tidytranscript.corrections.dictionary import SHIPPED, Dictionary, shipped
from tidytranscript.corrections.entries import Entry

__all__ = ["SHIPPED", "Dictionary", "Entry", "shipped"]
