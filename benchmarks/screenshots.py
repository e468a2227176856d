"""Take a picture of every page, on a phone and at a desk, light and dark, to be looked at.

They go to _build/screenshots, one file a page and view, with an index to leaf through them.
"""

from html import escape

from server import served
from throwaway import ROOT

from budgetbook.print.browser import chromium

SITE = ROOT / "_build" / "html"
OUT = ROOT / "_build" / "screenshots"
VIEWS = [(width, scheme) for width in (360, 1280) for scheme in ("light", "dark")]


def main() -> None:
    """Take the pictures of the built site."""
    if not (SITE / "index.html").is_file():
        raise SystemExit(f"there is no site in {SITE}: call make book first")
    OUT.mkdir(parents=True, exist_ok=True)
    pages = [
        p.relative_to(SITE)
        for folder in ("book", "notebooks")
        for p in SITE.rglob("*.html")
        if p.relative_to(SITE).parts[0] == folder
    ]
    names = {page: "-".join(page.with_suffix("").parts) for page in sorted(pages)}
    with served(SITE) as address, chromium() as browser:
        for width, scheme in VIEWS:
            view = {"width": width, "height": 800}
            context = browser.new_context(viewport=view, color_scheme=scheme)
            tab = context.new_page()
            for page, name in names.items():
                tab.goto(f"{address}/{page.as_posix()}")
                tab.evaluate("document.fonts.ready")
                tab.screenshot(path=OUT / f"{name}-{width}-{scheme}.png", full_page=True)
            context.close()
    pictures = "".join(
        f"<h2>{escape(page.as_posix())}</h2><p>"
        + "".join(f'<img loading="lazy" src="{name}-{w}-{s}.png" height="600">' for w, s in VIEWS)
        + "</p>"
        for page, name in names.items()
    )
    (OUT / "index.html").write_text(f"<!doctype html><meta charset=utf-8>{pictures}", "utf-8")
    print(f"{len(names)} pages in {len(VIEWS)} views: {OUT / 'index.html'}")


if __name__ == "__main__":
    main()
