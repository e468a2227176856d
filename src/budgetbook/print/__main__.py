"""`python -m budgetbook.print` prints the book and the sheets of this folder into `_build/pdf`."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from ..errors import BuildError, speak_utf8
from . import pdf, sheets
from .browser import chromium


def main() -> int:
    """Print all that is for paper; return 0, or 2 with the reason if that is not possible."""
    speak_utf8()
    root = Path.cwd()
    out = root / "_build" / "pdf"
    try:
        with chromium() as browser:
            path = pdf.write(root, root / "_build" / "html", out, browser)
            sheets.write(root, out, browser)
    except (BuildError, OSError) as error:
        print(f"No PDF is made: {error}", file=sys.stderr)
        return 2
    print(f"The printed book is in {os.path.relpath(path)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
