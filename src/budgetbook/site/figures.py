"""Roles that print a figure by its address and link it to its passport in the data pages."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from docutils import nodes
from sphinx.environment import BuildEnvironment
from sphinx.util.docutils import SphinxRole

from ..checks import Result
from ..errors import InputError
from ..exact.money import yuan
from ..messages import TYPES
from ..model.address import CLAIMS, Address, parse
from ..model.disclosure import Disclosure
from ..model.units import MONEY_UNITS
from ..words.naming import Names
from .goals import goals, once, page_of


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

    @property
    def names(self) -> Names:
        """The names of the disclosure's tables, rows and columns; made once a build."""
        return once(self.env.app, "budget_names", lambda: Names(self.disclosure))

    def page(self, resource: str) -> str:
        """Return the relative address of the page that shows a resource."""
        return self.relative(page_of(self.disclosure, resource))

    def relative(self, page: str) -> str:
        """Return the relative address of a page."""
        address: str = self.env.app.builder.get_relative_uri(self.env.docname, page)
        return address

    def link(self, text: str, page: str, anchor: str = "") -> nodes.reference:
        """Return a link to a page of the book, or to an anchor on it."""
        uri = self.relative(page) + (f"#{anchor}" if anchor else "")
        return nodes.reference("", text, refuri=uri, internal=True)

    def download(self, name: str) -> str:
        """Return the relative address of a download."""
        return "../" * self.env.docname.count("/") + "downloads/" + name

    def figure(
        self, text: str, address: Address, formula: str = "", yuan: Fraction | None = None
    ) -> nodes.Node:
        """Return a figure that links to its passport, or words that link to a place.

        An amount that is computed leads to a passport of its own; one that has none is text.
        `yuan` is the amount where it is told in 万元.
        """
        page, _, anchor = goals(self.env.app).of(text, address, formula, yuan).partition("#")
        if not page:
            return nodes.Text(text)
        uri = f"{self.relative(page)}#{anchor}"
        return nodes.reference("", text, refuri=uri, internal=True, classes=["figure-link"])


def figure_text(value: Decimal, unit: str, kind: str = "") -> str:
    """Print a figure: yuan with two decimals, anything else with the decimals printed.

    A year is no quantity, and has no separator.
    """
    if kind == "year":
        return str(value)
    if unit == "yuan":
        return yuan(value)
    return f"{value:,}".replace("-", "−") + ("%" if unit == "%" else "")


class PrintedRole(SphinxRole, Budget):
    """`{printed}` with an address: the figure that is printed there, linked to its passport.

    `{wan}` and, within Chinese, `{wan-zh}` tell an amount in 万元: `kind` is that of a message.
    """

    def __init__(self, kind: str = "") -> None:
        self._kind = kind

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Return the linked figure, or an error that names the address."""
        try:
            address = parse(self.text)
            if address.table == CLAIMS:
                address = address._replace(column="value")
            found = self.disclosure.at(address)
            amount = found[0][found[1]] if found else None
            if found is None or not isinstance(amount, Decimal):
                raise InputError(f"no figure is printed at {self.text}")
        except InputError as error:
            return [], [self.inliner.reporter.error(str(error))]
        row, column = found
        if self._kind:
            scale = MONEY_UNITS.get(str(row["unit"]), 1) if address.table == CLAIMS else 1
            whole = Fraction(amount * scale)
            return [self.figure(TYPES[self._kind](whole), address, yuan=whole)], []
        if address.table == CLAIMS:  # with the decimals that the text has
            unit = "%" if row["unit"] == "%" else ""
        else:
            unit = self.unit(address.table, column)
        return [self.figure(figure_text(amount, unit, str(row.get("kind", ""))), address)], []

    def unit(self, table: str, column: str) -> str:
        """Return the unit of a column, from the schema of the data."""
        resources = self.disclosure.descriptor["resources"]
        resource = next(r for r in resources if r["name"] == table)
        fields = resource["schema"]["fields"]
        return str(next(f.get("unit", "") for f in fields if f["name"] == column))
