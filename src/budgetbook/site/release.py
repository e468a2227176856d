"""Gathers what a release publishes: the site, the data, the workbook, their sums, the notes."""

from __future__ import annotations

import os
import re
import shutil
import sys
from pathlib import Path

from .. import __version__
from ..downloads import PACKAGE_ZIP, WORKBOOK, zipped
from ..errors import BuildError, plainly, speak_utf8
from .checksums import SUMS, digests, sums
from .placing import beside, put


def notes(root: Path, version: str) -> str:
    """Return the changelog's section of a version. Raises BuildError if there is none."""
    text = (root / "CHANGELOG.md").read_text(encoding="utf-8")
    found = re.search(rf"(?ms)^## {re.escape(version)}\b.*?$(.*?)(?=^## |\Z)", text)
    if not found or not found[1].strip():
        raise BuildError(f"CHANGELOG.md has no section “## {version}”: write what changed first")
    return found[1].strip() + "\n"


def release(root: Path, site: Path, out: Path) -> list[str]:
    """Write the files of a release into `out`, which is replaced at once; return their names."""
    if not (site / "index.html").is_file():
        raise BuildError(f"there is no site in {site}: call make book first")
    text = notes(root, __version__)
    with beside(out) as new:
        new.mkdir()
        inside = {p.relative_to(site).as_posix(): p for p in site.rglob("*") if p.is_file()}
        content = {name: inside[name].read_bytes() for name in sorted(inside)}
        (new / "site.zip").write_bytes(zipped(content))
        for name in (PACKAGE_ZIP, WORKBOOK):
            shutil.copyfile(site / "downloads" / name, new / name)
        (new / SUMS).write_text(sums(digests(new)), encoding="utf-8", newline="\n")
        (new / "NOTES.md").write_text(text, encoding="utf-8", newline="\n")
        put(new, out)
    return sorted(path.name for path in out.iterdir())


def check_tag(name: str) -> None:
    """Raise BuildError if a release is made of a tag that is not this version's."""
    if name.startswith("v") and name != f"v{__version__}":
        raise BuildError(
            f"the tag is {name}, but this is version {__version__}: tag v{__version__}"
        )


def main() -> int:
    """Write the release of this project into _build/release."""
    speak_utf8()
    try:
        check_tag(os.environ.get("GITHUB_REF_NAME", ""))
        names = release(Path.cwd(), Path("_build/html"), Path("_build/release"))
    except (BuildError, OSError) as error:
        reason = plainly(error) if isinstance(error, OSError) else error
        print(f"No release is made: {reason}", file=sys.stderr)
        return 1
    print(f"In _build/release: {', '.join(names)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
