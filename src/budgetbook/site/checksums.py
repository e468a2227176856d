"""The digests of a site's files, and how one copy differs from another."""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path

SUMS = "SHA256SUMS"


def files(path: Path) -> Iterator[Path]:
    """Yield a file, or the files below a folder in order, without what Python leaves behind."""
    if path.is_file():
        yield path
    for below in sorted(path.rglob("*")):
        if below.is_file() and "__pycache__" not in below.parts:
            yield below


def digests(site: Path) -> dict[str, str]:
    """Return path → SHA-256 of every file of a folder or a zip, without the list of sums itself."""
    if site.is_dir():
        content = {p.relative_to(site).as_posix(): p.read_bytes() for p in files(site)}
    else:
        with zipfile.ZipFile(site) as archive:
            content = {n: archive.read(n) for n in archive.namelist() if not n.endswith("/")}
    return {n: hashlib.sha256(content[n]).hexdigest() for n in sorted(content) if n != SUMS}


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
    """Return digests as `sha256sum` writes and reads them."""
    return "".join(f"{digest}  {name}\n" for name, digest in found.items())
