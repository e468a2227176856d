"""The digests of a site's files, and how one copy differs from another."""

from __future__ import annotations

import hashlib
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path

from ..errors import BuildError

SUMS = "SHA256SUMS"


def files(path: Path) -> Iterator[Path]:
    """Yield a file, or the files below a folder in order, without what Python leaves behind."""
    if path.is_file():
        yield path
    for below in sorted(path.rglob("*")):
        if below.is_file() and "__pycache__" not in below.parts:
            yield below


def digests(site: Path) -> dict[str, str]:
    """Return path → SHA-256 of every file of a folder or a zip, its list of sums among them.

    A zip may hold the site in one folder of its own. Raises BuildError if it cannot be read.
    """
    if site.is_dir():
        content = {
            p.relative_to(site).as_posix(): p.read_bytes() for p in site.rglob("*") if p.is_file()
        }
    else:
        try:
            with zipfile.ZipFile(site) as archive:
                content = {n: archive.read(n) for n in archive.namelist() if not n.endswith("/")}
        except (zipfile.BadZipFile, zlib.error, EOFError) as error:
            raise BuildError(f"{site} is no zip that can be read: get it again") from error
        tops = {name.partition("/")[0] for name in content}
        if len(tops) == 1 and all("/" in name for name in content):
            content = {name.partition("/")[2]: data for name, data in content.items()}
    return {name: hashlib.sha256(content[name]).hexdigest() for name in sorted(content)}


def compare(ours: Mapping[str, str], theirs: Mapping[str, str]) -> list[str]:
    """Return a line for each file that differs, is missing from `theirs` or is only there."""
    lines = []
    for name in sorted({*ours, *theirs}):
        if name not in theirs:
            lines.append(f"missing    {name}")
        elif name not in ours:
            lines.append(f"not ours   {name}")
        elif ours[name] != theirs[name]:
            lines.append(f"different  {name}")
    return lines


def sums(found: Mapping[str, str]) -> str:
    """Return digests as `sha256sum` writes and reads them, without that of the list itself."""
    return "".join(f"{digest}  {name}\n" for name, digest in found.items() if name != SUMS)
