"""`python -m tidytranscript` is the command `tidy`."""

from __future__ import annotations

from tidytranscript.cli import main

if __name__ == "__main__":
    main()
