"""The laboratory: what a changed data package breaks or mends, held against the published one.

Everything goes the ordinary way: edits are typed into the CSV files, `load` reads them, the
checks judge them, `reporting` prints them. Questions and answers are JSON texts, so that a page
can ask from another thread.
"""

from __future__ import annotations

import json
import shutil
import tempfile
import weakref
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ..checks import Result, Verdict, run
from ..errors import InputError
from ..messages import said
from ..model.address import CLAIMS, Address
from ..model.address import parse as parse_address
from ..model.disclosure import Disclosure
from ..model.loading import load
from ..package.store import DESCRIPTOR
from ..package.zipping import zipped
from ..proof.findings import Finding, findings, unweighed
from ..proof.guards import printed
from ..proof.passports import touching
from ..words import reporting
from ..words.naming import Names
from . import explorer, former, places
from .cases import cases
from .edits import Edit, apply, change, parse
from .opening import NotOpenedError, put
from .texts import Texts

#: Verdicts that judge nothing → how a check turned to one.
_UNJUDGED = {Verdict.OPEN: "open", Verdict.APART: "apart"}
_FINE = (Verdict.HOLDS, Verdict.ROUNDED)


@dataclass(frozen=True)
class State:
    """A package under some edits: the changed files as text, and what the checks say of it.

    `error` is the loader's sentence where the package cannot be used; `disclosure` is then None.
    """

    files: Mapping[str, str]
    disclosure: Disclosure | None = None
    results: Sequence[Result] = ()
    error: str = ""
    register: Sequence[Finding] = field(default=(), repr=False)

    @property
    def status(self) -> int:
        """The exit status of `budgetbook check`."""
        if self.error:
            return 2
        return int(any(result.verdict is Verdict.FAILS for result in self.results))


def state(folder: Path, edits: Sequence[Edit]) -> State:
    """Return the package in `folder` with the edits made in a copy, loaded and judged."""
    files: dict[str, str] = {}
    try:
        files = apply(folder, edits)
        with tempfile.TemporaryDirectory() as temporary:
            copy = Path(temporary) / "data"
            shutil.copytree(folder, copy)
            for path, text in files.items():
                (copy / path).write_text(text, encoding="utf-8", newline="")
            disclosure = load(copy)
        results = run(disclosure)
    except InputError as error:
        return State(files, error=str(error))
    return State(files, disclosure, results, register=findings(disclosure, results))


def report(before: State, after: State) -> dict[str, Any]:
    """Return what an edit did: counts of verdicts, checks that turned, findings that changed.

    `standing` are the checks that fail after it, then those that cannot be tested.
    Sides are printed as on the pages. Where the changed package cannot be used, `error` says
    why and the rest is empty.
    """
    if after.error:
        return {
            "status": 2,
            "error": after.error,
            "counts": {},
            "turned": [],
            "findings": [],
            "standing": [],
        }
    return {
        "status": after.status,
        "error": "",
        "counts": dict(Counter(str(r.verdict) for r in after.results)),
        "turned": _turned(before.results, after.results),
        "standing": [
            places.check(r)
            for v in (Verdict.FAILS, Verdict.OPEN)
            for r in after.results
            if r.verdict is v
        ],
        "findings": _findings(before, after),
        "unweighed": len(unweighed(after.register, after.results)) if after.register else 0,
    }


def _turned(before: Sequence[Result], after: Sequence[Result]) -> list[dict[str, Any]]:
    old = {result.check.id: result for result in before}
    new = {result.check.id: result for result in after}
    found = []
    for name in dict.fromkeys((*new, *old)):
        was, now = old.get(name), new.get(name)
        kind = _kind(was.verdict if was else None, now.verdict if now else None)
        shown = now or was
        if kind and shown:
            verdict = str(was.verdict) if was else ""
            found.append({"kind": kind, "was": verdict, **places.check(shown)})
    return found


def _kind(was: Verdict | None, now: Verdict | None) -> str:
    """Return how a check turned, empty if it did not or if it is a new one that holds."""
    if was is now or (was is None and now in (*_FINE, Verdict.APART)):
        return ""
    if now is None:
        return "gone"
    if now is Verdict.FAILS:
        return "fell"
    if now in _UNJUDGED:
        return _UNJUDGED[now]
    return "mended" if was is Verdict.FAILS else "tested" if was in _UNJUDGED else "precision"


def _findings(before: State, after: State) -> list[dict[str, Any]]:
    """Return the findings that appear, vanish or speak of other figures than before."""
    old = {finding.id: finding for finding in before.register}
    found = []
    for finding in after.register:
        was = old[finding.id]
        if was.fine and finding.fine:
            continue
        texts = [(f.sentence("found_en"), f.sentence("found_zh")) for f in (was, finding)]
        if was.fine != finding.fine:
            change = "vanishes" if finding.fine else "appears"
        elif texts[0] != texts[1]:
            change = "changes"
        else:
            continue
        found.append(
            {
                "id": finding.id,
                "change": change,
                "title": [finding.sentence("title_en"), finding.sentence("title_zh")],
                "before": texts[0],
                "after": texts[1],
                "failing": len(finding.failing),
            }
        )
    return found


def package(folder: Path, files: Mapping[str, str]) -> dict[str, bytes]:
    """Return path → content of the whole package with the changed files."""
    resources = Texts(folder).resources.values()
    paths = [DESCRIPTOR, *(resource["path"] for resource in resources)]
    content = {path: (folder / path).read_bytes() for path in paths}
    return content | {path: text.encode() for path, text in files.items()}


class Laboratory:
    """A package as it is published and one changed state of it, asked by a page in JSON texts.

    It begins with the book's own package, in `folder`; a reader may open another.
    """

    def __init__(self, folder: str) -> None:
        self._own = Path(folder)
        self._take(self._own, "")

    def _take(self, folder: Path, name: str) -> None:
        self.folder = folder
        self.before = self.after = state(folder, [])
        assert self.before.disclosure
        self.name = name or str(self.before.disclosure.descriptor["name"])
        self.names = Names(self.before.disclosure)
        self.printed = {figure.address for figure in printed(self.before.disclosure)}
        self.changes: list[tuple[str, str]] = []
        self.edits: list[Edit] = []

    def start(self) -> str:
        """Return what the page needs of a package: name, office, titles, and prepared cases.

        An opened package has no cases: they might tell what its reader is to find.
        """
        assert self.before.disclosure
        own = self.folder == self._own
        prepared = [
            case._asdict() | {"edits": [edit.parts for edit in case.edits]}
            for case in (cases(self.before.disclosure) if own else ())
        ]
        about = self.before.disclosure.document
        return _json(
            {
                "own": own,
                "name": self.name,
                "office": about["office"],
                "year": about["year"],
                "resources": places.titles(self.before.disclosure),
                "cases": prepared,
            }
        )

    def open(self, files: Mapping[str, bytes]) -> str:
        """Open what a reader chose (path → content), or without it the book's own again.

        Return what `start` does, or `refused`: why it cannot be used, in both languages; what was
        open then stays open.
        """
        folder, name = self._own, ""
        if files:
            folder = Path(tempfile.mkdtemp())
            weakref.finalize(self, shutil.rmtree, folder, ignore_errors=True)
            try:
                name = put({path: bytes(content) for path, content in files.items()}, folder)
            except NotOpenedError as error:
                return _json({"refused": error.said})
        self._take(folder, name)
        return self.start()

    def opened(self, link: str) -> str:
        """Return the edits of a link, and what is to be said of those that are of no use now."""
        try:
            edits, lost = former.opened(self.folder, link)
        except InputError as error:
            edits, lost = [], (str(error), "")
        return _json({"edits": [edit.parts for edit in edits], "lost": lost})

    def change(self, edits: str) -> str:
        """Judge the published package with these edits, and return the report."""
        self.edits, self.changes = [], []
        try:
            self.edits = parse(edits)
            self.changes = self._named(self.edits)
            self.after = state(self.folder, self.edits) if self.edits else self.before
        except InputError as error:
            self.after = State({}, error=str(error))
        return _json(report(self.before, self.after) | {"changes": self.changes})

    def _named(self, edits: Sequence[Edit]) -> list[tuple[str, str]]:
        """Return what each edit changes, in words, as it stands when the edit is made."""
        texts, found = Texts(self.folder), []
        for edit in edits:
            found.append(places.named(texts, self.names, edit.address))
            with suppress(InputError):  # which says so itself when the edits are judged
                change(texts, edit)
        return found

    def look(self) -> str:
        """Return the walks through the budget and all rows, as the edits made them.

        Where the changed package cannot be used, the walks are those of the published one.
        """
        shown = self.after.disclosure or self.before.disclosure
        assert shown
        rows = list(places.rows(Texts(self.folder, self.after.files), self.names))
        return _json({"walks": explorer.walks(shown), "rows": rows})

    def passport(self, address: str) -> str:
        """Return where one cell's passport stands, and the checks that read it with their verdicts.

        A cell that is printed blank has no passport: its row stands for it, and nothing for a row
        that is not printed. Of a claim the checks read the whole row.
        """
        cell = parse_address(address)
        cell = cell._replace(column="value") if cell.table == CLAIMS else cell
        results = self.after.results or self.before.results
        checks = [places.check(result) for result in touching(results).get(cell, [])]
        return _json({"anchor": self._anchor(cell), "checks": checks})

    def _anchor(self, cell: Address) -> str:
        if cell in self.printed:
            return cell.fragment
        disclosure, row = self.before.disclosure, cell.of_row
        assert disclosure
        if cell.table == CLAIMS or cell.table in disclosure.form.tables:
            found = disclosure.at(row)
            first = disclosure.address(found[0]) if found and cell.table != CLAIMS else row
            return first.fragment if found else ""
        known = {entry.address for entry in Texts(self.folder).entries(cell.table)}
        return str(row) if row in known else ""

    def verdicts(self) -> str:
        """Return the verdicts as `budgetbook check --format json` prints them."""
        return reporting.as_json(self.after.results) if not self.after.error else ""

    def export(self) -> bytes:
        """Return all that was done as a zip: the changes, the changed package, and its verdicts.

        The package is ready for `budgetbook check` and to be opened here again. One that cannot be
        used has no verdicts, and the loader's sentence in their place.
        """
        content = {
            f"data/{path}": data for path, data in package(self.folder, self.after.files).items()
        }
        content["changes.txt"] = self._listed().encode("utf-8-sig")
        if self.after.error:
            content["error.txt"] = self.after.error.encode()
        else:
            content["verdicts.json"] = self.verdicts().encode()
        return zipped({f"{self.name}/{path}": content[path] for path in sorted(content)})

    def _listed(self) -> str:
        """Return the changes for people: whose package, then a line a change with its place."""
        assert self.before.disclosure
        about = self.before.disclosure.document
        lines = [f"{self.name}: {about['office']}, {about['year']}", ""]
        for number, (edit, words) in enumerate(zip(self.edits, self.changes, strict=True), 1):
            lines.append(f"{number}. {' '.join(words)}\n   {' '.join(edit.parts)}")
        return "\n".join(
            [*lines, "" if self.edits else said("Nothing is changed. 未作改动。") + "\n"]
        )


def _json(content: object) -> str:
    return json.dumps(content, ensure_ascii=False)
