"""Zips whose bytes depend on what is in them alone."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from datetime import datetime

from .. import RELEASED

_DATE = datetime.fromisoformat(RELEASED)


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
