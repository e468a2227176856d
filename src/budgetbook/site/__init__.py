"""The Sphinx extension of the book: computed words, figures, data pages, downloads, footer.

The role `{printed}` prints a figure by its address and links it to its passport; the directives
`{data-table}`, `{check-list}`, `{finding-list}`, `{guard-table}`, `{pair-result}`,
`{shapes-result}`, `{speed-result}`, `{rebuild-result}`, `{pages-result}`, `{budget-picture}`,
`{glossary-list}`, `{source-list}`, `{downloads}` and `{laboratory}` render what data/ and
book/results/ hold.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.config import Config

from .. import __version__
from ..checks import run
from ..model.loading import load
from ..show.downloads import write_downloads
from . import (
    chinese,
    figures,
    laboratory,
    lists,
    markup,
    measured,
    pages,
    postprocessing,
    register,
    search,
    terms,
    theme,
)
from .substitutions import facts

#: Keeps jsonschema, which looks at notebooks, from compiling 39 grammars of addresses for 1.5 s.
sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the extension with Sphinx."""
    app.connect("config-inited", _prepare)
    app.connect("doctree-read", _register_anchors)
    app.connect("html-collect-pages", _forget_gone_words)
    app.connect("html-page-context", theme.fill_context)
    app.add_transform(terms.MarkTerms)
    app.add_transform(chinese.MarkChinese)
    app.connect("build-finished", postprocessing.finish)
    app.connect("build-finished", _write_downloads)
    app.add_node(markup.Markup, html=(markup.write, None), text=(markup.skip, None))
    app.connect("html-page-context", laboratory.add_assets)
    app.connect("build-finished", laboratory.write_files)
    app.add_search_language(search.TwoLanguages)
    app.add_role("printed", figures.PrintedRole())
    app.add_directive("data-table", pages.DataTable)
    app.add_directive("check-list", pages.CheckList)
    app.add_directive("finding-list", register.FindingList)
    app.add_directive("guard-table", register.GuardTable)
    app.add_directive("pair-result", measured.PairResult)
    app.add_directive("shapes-result", measured.ShapesResult)
    app.add_directive("speed-result", measured.SpeedResult)
    app.add_directive("rebuild-result", measured.RebuildResult)
    app.add_directive("pages-result", measured.PagesResult)
    app.add_directive("budget-picture", lists.Picture)
    app.add_directive("glossary-list", lists.GlossaryList)
    app.add_directive("source-list", lists.SourceList)
    app.add_directive("downloads", lists.Downloads)
    app.add_directive("laboratory", laboratory.Laboratory)
    return {"version": __version__, "parallel_read_safe": True}


def _prepare(app: Sphinx, config: Config) -> None:
    """Load the data once for the whole build; fill the computed words and the footer."""
    budget = load(Path(app.srcdir) / "data")
    app.budget = budget  # type: ignore[attr-defined]
    app.budget_results = run(budget)  # type: ignore[attr-defined]
    config.myst_substitutions = facts(budget)
    config.html_last_updated_fmt = (
        None  # the version's date stands in the footer, never the build's
    )


def _register_anchors(app: Sphinx, doctree: nodes.document) -> None:
    """Let Markdown links point to the rows and terms that our directives make."""
    slugs = app.env.metadata[app.env.docname].setdefault("myst_slugs", {})
    for kind in (nodes.row, nodes.term, nodes.section):
        for node in doctree.findall(kind):
            for anchor in node["ids"]:
                slugs.setdefault(anchor, (node.line or 0, anchor, node.astext()))


def _forget_gone_words(app: Sphinx) -> list[Any]:
    """Drop words that no page has any more, so that the search index is that of a first build."""
    indexer = getattr(app.builder, "indexer", None)
    for words in (indexer._mapping, indexer._title_mapping) if indexer else ():
        for gone in [word for word, found in words.items() if not found]:
            del words[gone]
    return []


def _write_downloads(app: Sphinx, exception: Exception | None) -> None:
    if exception is None and app.builder.format == "html":
        write_downloads(Path(app.srcdir), Path(app.outdir) / "downloads")
