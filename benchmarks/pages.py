"""Measure how fast pages open on a phone: Lighthouse on this book and on the default theme.

Both sites are made from the same content in one run and served with compression, as public hosts
serve them. Each page is measured ROUNDS times on a simulated phone; the medians go to
book/results/pages.json. This benchmark alone needs Node.
"""

import json
import os
import statistics
import subprocess
import tempfile
from pathlib import Path

import yaml
from results import save, setting, table
from server import served
from throwaway import ROOT, need

from budgetbook.build import book as writing
from budgetbook.print.browser import FLAGS, executable

HERE = Path(__file__).parent
RESULT = ROOT / "book" / "results" / "pages.json"
ROUNDS = 3
#: The home page, a long chapter, a long list, and a table.
PAGES = {
    "book/index.html": "The home page 首页",
    "notebooks/04-performance.html": "A long chapter 较长的一章",
    "book/checks.html": "A long list 较长的清单",
    "book/data/table-05.html": "A table 表页",
}
#: What Lighthouse calls what is kept: scores from 0 to 1, bytes, milliseconds.
SCORES = ("performance", "accessibility", "best-practices", "seo")
AUDITS = {
    "bytes": "total-byte-weight",
    "largest_paint_ms": "largest-contentful-paint",
    "blocking_ms": "total-blocking-time",
}


def default_theme(folder: Path) -> Path:
    """Write the same content with Jupyter Book's default theme; return the site."""
    settings = yaml.safe_load((ROOT / "_config.yml").read_text(encoding="utf-8"))
    sphinx = settings["sphinx"]["config"]
    for name in [n for n in sphinx if n.startswith(("html_theme", "html_css", "html_js"))]:
        del sphinx[name]
    sphinx["extensions"] += ["sphinx_design", "sphinx_book_theme"]
    cache = next((ROOT / "_build" / "work").glob("run-*"))
    settings["execute"] |= {"execute_notebooks": "cache", "cache": str(cache)}
    config = folder / "_config.yml"
    config.write_text(yaml.safe_dump(settings, allow_unicode=True), encoding="utf-8")
    if not writing.write(ROOT, config, folder):
        raise SystemExit("The default theme's site was not built; see above.")
    return folder / "_build" / "html"


def measure(site: Path, page: str) -> dict[str, float]:
    """Return what one run of Lighthouse on a page says."""
    environment = {**os.environ, "CHROME_PATH": executable()}
    with served(site) as address:
        command = [
            *("npx", "--no-install", "lighthouse", f"{address}/{page}"),
            *("--quiet", "--output=json", f"--only-categories={','.join(SCORES)}"),
            f"--chrome-flags={' '.join(['--headless=new', *FLAGS])}",
        ]
        done = subprocess.run(command, cwd=HERE, env=environment, capture_output=True, check=True)
    report = json.loads(done.stdout)
    found = {name: report["categories"][name]["score"] for name in SCORES}
    return found | {name: report["audits"][a]["numericValue"] for name, a in AUDITS.items()}


def medians(site: Path, page: str) -> dict[str, float]:
    """Return the medians of ROUNDS runs on a page."""
    runs = [measure(site, page) for _ in range(ROUNDS)]
    return {name: round(statistics.median(run[name] for run in runs), 2) for name in runs[0]}


def tables(pages: dict[str, dict[str, dict[str, float]]]) -> list[dict[str, list[object]]]:
    """Return each page in this book and in the default theme, as the book shows it."""
    head = ["Page", "Theme", "Performance", "Accessibility", "Best practices", "SEO"]
    head += ["Transferred, KB", "Largest paint, s", "Blocking, ms"]
    rows = (
        (
            *(PAGES[page], theme, *(f"{m[name]:.2f}" for name in SCORES)),
            f"{m['bytes'] / 1000:,.0f}",
            f"{m['largest_paint_ms'] / 1000:.1f}",
            f"{m['blocking_ms']:.0f}",
        )
        for page, themes in pages.items()
        for theme, m in themes.items()
    )
    return [table(head, rows)]


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
    result = {"repeats": ROUNDS, "pages": found, "tables": tables(found)}
    save(RESULT, {**setting(), **result})


if __name__ == "__main__":
    main()
