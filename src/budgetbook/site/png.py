"""Writes a picture of four shades as PNG, the same bytes on every machine.

A compressor's bytes depend on its build, so the stream is written here: a line that repeats the
one above is left to PNG's filter, and what repeats itself within a line is one code.
"""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Sequence

_RUN = re.compile(rb"(.)\1{3,258}|.", re.S)


def picture(width: int, lines: Sequence[bytes], shades: Sequence[tuple[int, int, int]]) -> bytes:
    """Return a PNG of lines of two bits a point; `shades` are four colours, the paper's first.

    A line has `width` / 4 bytes; `width` is divisible by four.
    """
    raw = bytearray()
    above: bytes | None = None
    for line in lines:
        raw += b"\x02" + bytes(len(line)) if line == above else b"\x00" + line
        above = line
    head = struct.pack(">IIBBBBB", width, len(lines), 2, 3, 0, 0, 0)
    stream = b"\x78\x01" + _deflated(bytes(raw)) + struct.pack(">I", zlib.adler32(raw))
    palette = bytes(value for shade in shades for value in shade)
    chunks = [(b"IHDR", head), (b"PLTE", palette), (b"IDAT", stream), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(*chunk) for chunk in chunks)


def _chunk(kind: bytes, content: bytes) -> bytes:
    checked = kind + content
    return struct.pack(">I", len(content)) + checked + struct.pack(">I", zlib.crc32(checked))


def _deflated(raw: bytes) -> bytes:
    """Return bytes as one block of fixed codes (RFC 1951), runs as matches one byte back."""
    parts = ["1", "10"]  # the last block; fixed codes, the lower bit first
    for found in _RUN.finditer(raw):
        run = found[0]
        parts.append(_LITERAL[run[0]])
        if run[1:]:
            parts.append(_LENGTH[len(run) - 1] + "00000")
    parts.append("0000000")  # the end of the block
    bits = "".join(parts)
    bits += "0" * (-len(bits) % 8)
    return int(bits[::-1], 2).to_bytes(len(bits) // 8, "little")


def _literal(value: int) -> str:
    return f"{0x30 + value:08b}" if value < 144 else f"{0x190 + value - 144:09b}"


def _code(symbol: int) -> str:
    return f"{symbol - 256:07b}" if symbol < 280 else f"{0xC0 + symbol - 280:08b}"


def _length(length: int) -> str:
    """Return the code of a match's length, from 3 to 258, with its extra bits, the lowest first."""
    if length == 258:
        return _code(285)
    low, symbol = 3, 257
    for extra in (0, 0, 1, 2, 3, 4, 5):
        for _ in range(4):
            if length < low + (1 << extra):
                return _code(symbol) + f"{length - low:0{extra}b}"[::-1][:extra]
            low, symbol = low + (1 << extra), symbol + 1
    raise AssertionError(length)


_LITERAL = [_literal(value) for value in range(256)]
_LENGTH = {length: _length(length) for length in range(3, 259)}
