"""The page of `tidy review`: source and result side by side, and every finding to be accepted or rejected."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Final
from urllib.parse import quote

from attrs import evolve

from tidytranscript.config import Settings
from tidytranscript.decisions import Decisions
from tidytranscript.formats import from_bytes
from tidytranscript.pipeline import Result
from tidytranscript.reports.account import account
from tidytranscript.reports.jobs import Job, explained_fault, same_file
from tidytranscript.reports.pagedata import page_data
from tidytranscript.reports.terminal import Trouble, put, say
from tidytranscript.reports.tidying import save

_VIDEO: Final = (".mp4", ".m4v", ".webm", ".mov", ".mkv", ".ogv")


def review(
    file: str,
    output: str | None,
    settings: Settings,
    read_as: str | None,
    encoding: str | None,
    *,
    media: str | None,
    force: bool,
    quiet: bool,
) -> int:
    """Write the page about a file; the exit code. Trouble where it can't be read or written."""
    job = Job(file, None, None)
    try:
        transcript = from_bytes(job.read(), read_as, job.name, encoding)
    except Exception as error:
        raise Trouble(explained_fault(error, job.name)) from None
    result = evolve(settings, decisions=()).pipeline(file)(transcript)
    for decided in settings.decisions:
        if not decided.fit(result.source.text):
            raise Trouble(f"{decided.name}: these decisions are not for the text of {job.name} as it is")
    target = Path(output or ("stdin.html" if file == "-" else f"{file}.html"))
    if output != "-" and same_file(file, str(target)):
        raise Trouble(f"{target}: is the transcript itself. Name another file for the page")
    played = None if media is None else _address(media, target)
    page = rendered(job.name, result, settings.decisions, played)
    if output == "-":
        put(page)
    else:
        save(target, page, force=force)
    if not quiet:
        say(account(job.name, result))
        say(f"{target}: written. Open it in a browser" if output != "-" else f"{job.name}: page written")
    return 0


def _address(media: str, page: Path) -> str:
    """Where the page finds the recording: an address of the web, or the path from its own folder."""
    if "://" in media:
        return media
    if not os.path.isfile(media):
        raise Trouble(f"{media}: no such file. Check the path of --media")
    try:
        path = os.path.relpath(media, page.absolute().parent)
    except ValueError:  # on another drive
        return Path(media).absolute().as_uri()
    return quote(path.replace(os.sep, "/"))


def rendered(name: str, result: Result, decisions: Sequence[Decisions] = (), media: str | None = None) -> str:
    """The page, in HTML."""
    import jinja2

    templates = jinja2.Environment(
        loader=jinja2.PackageLoader("tidytranscript.reports", "page"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
    data = json.dumps(page_data(name, result, decisions), ensure_ascii=False, separators=(",", ":"))
    return templates.get_template("page.html.j2").render(
        title=os.path.basename(name),
        data=data.replace("<", "\\u003c"),  # what would end the script that holds it
        media=media,
        video=media is not None and media.lower().endswith(_VIDEO),
    )
