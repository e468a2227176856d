"""Zips whose bytes depend on what is in them alone, and the names in zips of others."""

from __future__ import annotations

import io
import lzma
import re
import struct
import zipfile
import zlib
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime

from .. import RELEASED

_DATE = datetime.fromisoformat(RELEASED)
_STAMP = _DATE.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
#: What reading a broken, sealed or unusual zip raises, besides what is said of it.
BROKEN: tuple[type[Exception], ...] = (
    *(zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, NotImplementedError),
    *(RuntimeError, EOFError, OSError, ValueError, IndexError, KeyError, OverflowError),
)
_MOMENTS = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")


def zipped(files: Mapping[str, bytes], method: int = zipfile.ZIP_STORED) -> bytes:
    """Return a zip whose bytes depend on the files alone: fixed dates and order kept.

    Nothing is compressed unless asked for: what a compressor writes depends on the machine's.
    """
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, _DATE.timetuple()[:6])
            entry.compress_type = method
            entry.create_system = 3  # the same on Windows
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, content)
    return stream.getvalue()


def restamped(workbook: bytes, method: int = zipfile.ZIP_STORED) -> bytes:
    """Return a workbook with the release's date in place of the moment of saving."""
    with zipfile.ZipFile(io.BytesIO(workbook)) as written:
        files = {name: written.read(name) for name in written.namelist()}
    core = "docProps/core.xml"
    files[core] = _MOMENTS.sub(rb"\g<1>" + _STAMP, files[core])
    return zipped(files, method)


def entry_name(entry: zipfile.ZipInfo) -> str:
    """Return the path of a zip's entry: without the mark of UTF-8, as a Mac or a Chinese Windows
    writes it.
    """
    name = entry.filename
    if not entry.flag_bits & 0x800:
        with suppress(UnicodeEncodeError):
            written = name.encode("cp437")
            for encoding in ("gb18030", "utf-8"):  # the one that reads it last is the stricter
                with suppress(UnicodeDecodeError):
                    name = written.decode(encoding)
    return name.replace("\\", "/")
