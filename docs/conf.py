"""How Sphinx builds these pages: `sphinx-build -W docs site`, with `pip install 'tidytranscript[docs]'`."""

from __future__ import annotations

import re
from typing import Any

from tidytranscript import __version__

project = "tidytranscript"
version = release = __version__
extensions = ["myst_parser"]
exclude_patterns = ["generate.py", "example.txt", "captions.vtt"]
html_theme = "furo"
html_title = f"tidytranscript {__version__}"
html_extra_path = ["tidytranscript.schema.json"]
myst_heading_anchors = 3
suppress_warnings = ["misc.highlighting_failure", "myst.xref_missing"]
man_pages = [("command", "tidy", "clean and normalise transcripts", [], 1)]
man_show_urls = True

_OUTSIDE = re.compile(r"\[([^\]]*)\]\(\.\./[^)]*\)")  # a link to a file of the repository, which is no page


def _without_links_outside(_: Any, __: str, source: list[str]) -> None:
    source[0] = _OUTSIDE.sub(r"\1", source[0])


def setup(app: Any) -> None:
    """Let pages link to files of the repository, which only a clone has."""
    app.connect("source-read", _without_links_outside)
