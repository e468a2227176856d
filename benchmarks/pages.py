"""Measure how fast pages open on a phone: Lighthouse on this book and on the default theme.

Both sites are made from the same content in one run and served with compression, as public hosts
serve them. Each page is measured ROUNDS times on a simulated phone; the medians go to
book/results/pages.json. This benchmark alone needs Node.
"""

import gzip
import json
import os
import statistics
import subprocess
import tempfile
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from results import save, setting
from throwaway import ROOT, need

from budgetbook.site import build
from budgetbook.site.browser import FLAGS, executable

HERE = Path(__file__).parent
RESULT = ROOT / "book" / "results" / "pages.json"
ROUNDS = 3
#: The home page, the longest chapter, the longest list, and a table.
PAGES = (
    "book/index.html",
    "notebooks/04-performance.html",
    "book/checks.html",
    "book/data/table-05.html",
)
#: What Lighthouse calls what is kept: scores from 0 to 1, bytes, milliseconds.
SCORES = ("performance", "accessibility", "best-practices", "seo")
AUDITS = {
    "bytes": "total-byte-weight",
    "largest_paint_ms": "largest-contentful-paint",
    "blocking_ms": "total-blocking-time",
}


class Compressing(SimpleHTTPRequestHandler):
    """Serves a folder as public hosts do: text compressed, and nothing logged."""

    def send_head(self):
        """Answer with compressed text, or with the file as it is."""
        path = Path(self.translate_path(self.path))
        if path.suffix not in {".html", ".css", ".js", ".svg"} or not path.is_file():
            return super().send_head()
        body = gzip.compress(path.read_bytes())
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(path)))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
        return None

    def log_message(self, *_):
        """Say nothing."""


def default_theme(folder: Path) -> Path:
    """Build the same content with Jupyter Book's default theme; return the site."""
    settings = build.settings(ROOT)
    config = settings["sphinx"]["config"]
    for name in [n for n in config if n.startswith(("html_theme", "html_css", "html_js"))]:
        del config[name]
    config["extensions"] += ["sphinx_design", "sphinx_book_theme"]
    cache = next((ROOT / "_build" / "work").glob("run-*"))
    return build.write_pages(ROOT, folder, cache, settings, print)


def measure(site: Path, page: str) -> dict[str, float]:
    """Return what one run of Lighthouse on a page says."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Compressing, directory=site))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    command = [
        *("npx", "--no-install", "lighthouse"),
        f"http://127.0.0.1:{server.server_address[1]}/{page}",
        *("--quiet", "--output=json", f"--only-categories={','.join(SCORES)}"),
        f"--chrome-flags={' '.join(['--headless=new', *FLAGS])}",
    ]
    environment = {**os.environ, "CHROME_PATH": executable()}
    try:
        done = subprocess.run(command, cwd=HERE, env=environment, capture_output=True, check=True)
    finally:
        server.shutdown()
    report = json.loads(done.stdout)
    found = {name: report["categories"][name]["score"] for name in SCORES}
    return found | {name: report["audits"][a]["numericValue"] for name, a in AUDITS.items()}


def medians(site: Path, page: str) -> dict[str, float]:
    """Return the medians of ROUNDS runs on a page."""
    runs = [measure(site, page) for _ in range(ROUNDS)]
    return {name: round(statistics.median(run[name] for run in runs), 2) for name in runs[0]}


def main() -> None:
    """Measure both sites page by page, and write the result."""
    need("npm")
    subprocess.run(["npm", "ci", "--silent", "--no-audit", "--no-fund"], cwd=HERE, check=True)
    site = ROOT / "_build" / "html"
    if not (site / "index.html").is_file():
        raise SystemExit(f"there is no site in {site}: call make book first")
    with tempfile.TemporaryDirectory(prefix="pages-") as temporary:
        plain = default_theme(Path(temporary))
        found = {
            page: {"this book": medians(site, page), "default theme": medians(plain, page)}
            for page in PAGES
        }
    save(RESULT, {**setting(), "repeats": ROUNDS, "pages": found})


if __name__ == "__main__":
    main()
