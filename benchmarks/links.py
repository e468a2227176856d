"""Asks every address that the site, the data and the guides name whether it is still there."""

import html
import re
import sys
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPException

from throwaway import ROOT

SECONDS = 30
#: What answers HEAD with one of these is asked for the page itself.
ASK_AGAIN = {403, 404, 405, 501}


def addresses(root):
    """Return address → the files that name it, in order."""
    named = {}
    for path in sorted((root / "_build" / "html").rglob("*.html")):
        text = path.read_text(encoding="utf-8")
        for found in re.findall(r'(?:href|src)="(https?://[^"]+)"', text):
            named.setdefault(html.unescape(found), set()).add(path.relative_to(root).as_posix())
    plain = [p for p in (root / "data").rglob("*") if p.suffix in {".json", ".csv"}]
    for path in sorted([*plain, *root.glob("*.md"), *root.glob("*.cff")]):
        for found in re.findall(r"https?://[^\s\"'<>)\],;]+", path.read_text(encoding="utf-8")):
            named.setdefault(found.rstrip("."), set()).add(path.relative_to(root).as_posix())
    return {address: sorted(named[address]) for address in sorted(named)}


def asked(address):
    """Return None if an address answers, or what is wrong."""
    for method in ("HEAD", "GET"):
        request = urllib.request.Request(
            address, method=method, headers={"User-Agent": "linkcheck"}
        )
        try:
            with urllib.request.urlopen(request, timeout=SECONDS):
                return None
        except urllib.error.HTTPError as error:
            wrong = f"{error.code} {error.reason}"
            if method == "GET" or error.code not in ASK_AGAIN:
                return wrong
        except (OSError, ValueError, HTTPException) as error:
            return str(getattr(error, "reason", error))
    return wrong


def main(root=ROOT):
    """Return 0 if every address answers, 1 if not."""
    named = addresses(root)
    with ThreadPoolExecutor(8) as pool:
        answers = dict(zip(named, pool.map(asked, named), strict=True))
    gone = {address: wrong for address, wrong in answers.items() if wrong}
    for address, wrong in gone.items():
        print(f"{address}: {wrong}; named in {', '.join(named[address])}")
    print(f"{len(named) - len(gone)} of {len(named)} addresses answer")
    return 1 if gone else 0


if __name__ == "__main__":
    sys.exit(main())
