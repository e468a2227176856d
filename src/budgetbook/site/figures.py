"""Roles that print a figure by its address and link it to its passport in the data pages."""

from __future__ import annotations

from decimal import Decimal

from docutils import nodes
from sphinx.environment import BuildEnvironment
from sphinx.util.docutils import SphinxRole

from ..checks import Result
from ..exact.money import yuan
from ..model.disclosure import Disclosure
from ..proof.guards import passport

_DATA_PAGES = "book/data/"
_ON_PAGE = {
    "functional-classification": "editorial",
    "department-economic-classification": "editorial",
    "government-economic-classification": "editorial",
    "crosswalk": "editorial",
    "subjects": "editorial",
    "reasons": "editorial",
    "rates": "editorial",
    "rubric": "editorial",
    "same-targets": "editorial",
    "rubric-judgements": "editorial",
    "rewritten": "editorial",
    "goal-parts": "editorial",
    "dimensions": "editorial",
    "guide-weights": "editorial",
    "findings": "editorial",
    "readings": "editorial",
    "glossary": "../glossary",
    "sources": "../references",
}


class Budget:
    """What roles and directives share: the disclosure and links into the data pages."""

    @property
    def env(self) -> BuildEnvironment:
        """The build environment; Sphinx's own classes give it."""
        return super().env  # type: ignore[misc,no-any-return]

    @property
    def disclosure(self) -> Disclosure:
        """The disclosure that this build shows."""
        found: Disclosure = vars(self.env.app)["budget"]
        return found

    @property
    def results(self) -> list[Result]:
        """The verdicts on that disclosure."""
        found: list[Result] = vars(self.env.app)["budget_results"]
        return found

    def page(self, resource: str) -> str:
        """Return the relative address of the page that shows a resource."""
        page = _resolve(_DATA_PAGES + _ON_PAGE.get(resource, resource))
        address: str = self.env.app.builder.get_relative_uri(self.env.docname, page)
        return address

    def download(self, name: str) -> str:
        """Return the relative address of a download."""
        return "../" * self.env.docname.count("/") + "downloads/" + name

    def figure(self, text: str, resource: str, anchor: str, formula: str = "") -> nodes.reference:
        """Return a figure that links to its passport; a derived one says its formula too.

        A derived figure leads to the first figure that it is derived from.
        """
        uri = f"{self.page(resource)}#{anchor}"
        node = nodes.reference("", text, refuri=uri, internal=True, classes=["figure-link"])
        if formula:
            node["reftitle"] = f"Derived: {formula}"
        return node


def figure_text(value: Decimal, unit: str) -> str:
    """Print a figure: yuan with two decimals, anything else with the decimals printed."""
    if unit == "yuan":
        return yuan(value)
    return f"{value:,}".replace("-", "−") + ("%" if unit == "%" else "")


def _resolve(page: str) -> str:
    parts: list[str] = []
    for part in page.split("/"):
        if part == "..":
            parts.pop()
        else:
            parts.append(part)
    return "/".join(parts)


class CellRole(SphinxRole, Budget):
    """`{cell}` with table, row and column: an amount in yuan, linked to its passport."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Return the linked amount, or an error that names the address."""
        try:
            table, key, column = self.text.split(":")
            line = int(key.removeprefix("line=")) if key.startswith("line=") else None
            row = (
                next(r for r in self.disclosure.tables[table] if r["line"] == line)
                if line
                else self.disclosure.row(table, key)
            )
            amount = row[column]
            if not isinstance(amount, Decimal):
                raise KeyError(f"{self.text} holds no amount")
        except (KeyError, ValueError, StopIteration) as error:
            message = self.inliner.reporter.error(f"no such figure: {self.text} ({error})")
            return [], [message]
        unit = self.unit(table, column)
        anchor = passport(table, row["line"], column)
        return [self.figure(figure_text(amount, unit), table, anchor)], []

    def unit(self, table: str, column: str) -> str:
        """Return the unit of a column, from the schema of the data."""
        resources = self.disclosure.descriptor["resources"]
        resource = next(r for r in resources if r["name"] == table)
        fields = resource["schema"]["fields"]
        return str(next(f.get("unit", "") for f in fields if f["name"] == column))


class ClaimRole(SphinxRole, Budget):
    """`{claim}` with a claim's id: the figure as the text states it, linked to its row."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Return the linked figure, or an error that names the claim."""
        claim = next((c for c in self.disclosure.claims if c["id"] == self.text), None)
        if claim is None or claim["value"] is None:
            return [], [self.inliner.reporter.error(f"no such claim with a figure: {self.text}")]
        text = figure_text(claim["value"], "%" if claim["unit"] == "%" else "")
        return [self.figure(text, "claims", passport("claims", claim["id"], "value"))], []
