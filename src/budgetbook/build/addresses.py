"""The addresses that the site promises to keep: `page#anchor` of everything that can be cited.

`book/addresses.txt` lists them. `python -m budgetbook.build.addresses` adds the new ones of the
built site; it never removes one.
"""

from __future__ import annotations

import re
import sys
from html import unescape
from pathlib import Path

from ..errors import speak_utf8

LIST = Path("book") / "addresses.txt"
#: Anchors of findings, checks, charts, rows, passports, terms and sources.
_KINDS = ("finding-", "check-", "fig-", "row/", "figure/", "derived/", "term-", "source-")
#: Anchors that count instead of naming; they work, and are not promised.
_COUNTED = ("proof-", "rebuilt-")
_ELEMENT = re.compile(r"""<([a-z]+)\b[^>]*?\sid=(["'])(.+?)\2""")
_NO_PAGES = {"404.html", "search.html", "notebooks/index.html"}


def addresses(site: Path) -> set[str]:
    """Return every address of a built site that can be cited: its pages, and their anchors."""
    found = set()
    for path in sorted(site.rglob("*.html")):
        page = path.relative_to(site).as_posix()
        if page in _NO_PAGES or page.startswith("_static/"):
            continue
        found.add(page)
        for tag, _, anchor in _ELEMENT.findall(path.read_text(encoding="utf-8")):
            if anchor.startswith(_KINDS) or (tag == "tr" and not anchor.startswith(_COUNTED)):
                found.add(f"{page}#{unescape(anchor)}")
    return found


def kept(path: Path) -> set[str]:
    """Return the addresses of the list."""
    return set(path.read_text(encoding="utf-8").splitlines()) if path.is_file() else set()


def add(site: Path, path: Path) -> int:
    """Add the addresses of a site to the list, and return how many are new."""
    before = kept(path)
    after = before | addresses(site)
    path.write_text("".join(f"{a}\n" for a in sorted(after)), encoding="utf-8", newline="\n")
    return len(after) - len(before)


def main() -> int:
    """Add the addresses of this project's built site to its list."""
    speak_utf8()
    site = Path("_build/html")
    if not (site / "index.html").is_file():
        print("No address is added: call make book first", file=sys.stderr)
        return 1
    print(f"{add(site, LIST)} addresses added to {LIST.as_posix()}; none is ever removed")
    return 0


if __name__ == "__main__":
    sys.exit(main())
