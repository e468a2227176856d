"""The Sphinx extension of the book: computed words, figures, data pages, downloads, footer.

The role `{printed}` prints a figure by its address and links it to its passport, `{wan}` an amount
in 万元; the directives render what data/ and book/results/ hold.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.config import Config

from .. import __version__
from ..checks import run
from ..messages import translated
from ..model.loading import load
from ..show.downloads import write_downloads
from . import (
    asked,
    directive,
    disclosed,
    figures,
    laboratory,
    lists,
    markup,
    measured,
    pages,
    postprocessing,
    practice,
    register,
    scripts,
    teaching,
    terms,
    theme,
)
from .substitutions import facts

#: Settings that pages show.
_SHOWN = ("html_title", "author", "nb_code_prompt_show", "nb_code_prompt_hide")
_DIRECTIVES = {
    "data-table": pages.DataTable,
    "check-list": pages.CheckList,
    "derived-list": pages.DerivedList,
    "finding-list": register.FindingList,
    "guard-table": register.GuardTable,
    "measured": measured.Measured,
    "budget-picture": lists.Picture,
    "completeness": disclosed.Completeness,
    "proof-marks": disclosed.ProofMarks,
    "bases": disclosed.Bases,
    "frame-list": lists.FrameList,
    "asked": asked.Asked,
    "glossary-list": lists.GlossaryList,
    "source-list": lists.SourceList,
    "downloads": lists.Downloads,
    "laboratory": laboratory.Laboratory,
    "practice": practice.Practice,
    "teaching": teaching.Teaching,
}


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the extension with Sphinx."""
    app.connect("config-inited", _prepare)
    app.connect("doctree-read", _translate_captions, priority=400)  # before Sphinx keeps them
    app.connect("doctree-read", pages.table_first)
    app.connect("doctree-read", _register_anchors)
    app.connect("builder-inited", _search_ourselves)
    app.connect("builder-inited", scripts.add_messages)
    app.connect("build-finished", scripts.write_messages)
    app.connect("html-page-context", theme.fill_context)
    app.add_transform(terms.MarkTerms)
    app.connect("build-finished", postprocessing.finish)
    app.connect("build-finished", _write_downloads)
    app.add_node(markup.Markup, html=(markup.write, None), text=(markup.skip, None))
    app.add_node(nodes.entry, override=True, html=(directive.write_entry, directive.end_entry))
    app.connect("html-page-context", laboratory.add_assets)
    app.connect("build-finished", laboratory.write_files)
    app.connect("source-read", practice.embed)
    app.connect("html-page-context", practice.add_assets)
    app.connect("build-finished", teaching.write_files)
    app.add_role("printed", figures.PrintedRole())
    app.add_role("wan", figures.PrintedRole("wan"))
    app.add_role("wan-zh", figures.PrintedRole("wan_zh"))
    for name, known in _DIRECTIVES.items():
        app.add_directive(name, known)
    return {"version": __version__, "parallel_read_safe": True}


def _prepare(app: Sphinx, config: Config) -> None:
    """Load the data once for the whole build; fill the computed words and what settings show."""
    budget = load(Path(app.srcdir) / "data")
    app.budget = budget  # type: ignore[attr-defined]
    app.budget_results = run(budget)  # type: ignore[attr-defined]
    config.myst_substitutions = facts(budget) | {"report": theme.report(config)}
    for name in _SHOWN:
        config[name] = translated(config[name])
    config.html_last_updated_fmt = (
        None  # the version's date stands in the footer, never the build's
    )


def _translate_captions(app: Sphinx, doctree: nodes.document) -> None:
    for contents in doctree.findall(addnodes.toctree):
        contents["caption"] = translated(contents["caption"] or "") or None


def _register_anchors(app: Sphinx, doctree: nodes.document) -> None:
    """Let Markdown links point to the rows and terms that our directives make."""
    slugs = app.env.metadata[app.env.docname].setdefault("myst_slugs", {})
    for kind in (nodes.row, nodes.term, nodes.section):
        for node in doctree.findall(kind):
            for anchor in node["ids"]:
                slugs.setdefault(anchor, (node.line or 0, anchor, node.astext()))


def _search_ourselves(app: Sphinx) -> None:
    """Let Sphinx make no index: it knows no amount, no Chinese word and no place."""
    vars(app.builder)["search"] = False


def _write_downloads(app: Sphinx, exception: Exception | None) -> None:
    if exception is None and app.builder.format == "html":
        write_downloads(Path(app.srcdir), Path(app.outdir) / "downloads")
