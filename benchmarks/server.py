"""Serves a folder on this machine, as a public host would: below a path, strictly, compressed."""

from __future__ import annotations

import gzip
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

#: What a strict host lets a page of the book do. The page of the laboratory may also run what
#: WebAssembly compiles.
POLICY = "default-src 'self'; style-src 'self' 'unsafe-inline'"
LABORATORY_POLICY = f"{POLICY}; script-src 'self' 'wasm-unsafe-eval'"
_TEXT = {".html", ".css", ".js", ".svg", ".json"}


class _Handler(SimpleHTTPRequestHandler):
    extensions_map = SimpleHTTPRequestHandler.extensions_map | {
        ".js": "text/javascript",
        ".wasm": "application/wasm",
    }

    def __init__(self, *given: Any, prefix: str, **more: Any) -> None:
        self._prefix = prefix
        super().__init__(*given, **more)

    def translate_path(self, path: str) -> str:
        if not path.startswith(self._prefix):
            return str(Path(self.directory) / "no such file")
        return super().translate_path(path.removeprefix(self._prefix))

    def end_headers(self) -> None:
        laboratory = "/laboratory" in self.path
        self.send_header("Content-Security-Policy", LABORATORY_POLICY if laboratory else POLICY)
        super().end_headers()

    def send_head(self) -> Any:
        path = Path(self.translate_path(self.path))
        if path.suffix not in _TEXT or not path.is_file():
            return super().send_head()
        body = gzip.compress(path.read_bytes())
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(path)))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
        return None

    def log_message(self, *_: Any) -> None:
        pass


@contextmanager
def served(folder: Path, prefix: str = "") -> Iterator[str]:
    """Serve a folder below `prefix` on loopback; yield its address, without a slash at its end."""
    handler = partial(_Handler, directory=str(folder), prefix=prefix)
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}{prefix}"
    finally:
        server.shutdown()
        server.server_close()
