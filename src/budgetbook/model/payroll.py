"""Pay and what is charged on it: the printed figures, and the bases that they imply.

The rates are those of rates.csv for the place and the year of the document. Where it has none, or
where the tables do not show an own unit and an institution, the expressions say so.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

from ..forms import plain
from ..messages import said
from ..package.store import Row
from .cells import account, cell, find, no_column
from .disclosure import WAN, Disclosure
from .expressions import (
    Cell,
    Expression,
    Inapplicable,
    Missing,
    Percentage,
    Product,
    Rounded,
    Sum,
    Unprinted,
    times,
    total,
)

CENT = Fraction(1, 100)
RATES = {"pension", "annuity", "medical", "supplement", "small", "housing", "training"}
RATES |= {"welfare", "union"}
WAGES = ("30101", "30102", "30103", "30106", "30107")
#: What the functional items are called that hold what one kind of unit runs on.
RUNNING = {"own-unit": "行政运行", "institution": "事业运行"}
#: Functional items of contributions, of every department alike.
PENSION, ANNUITY, HOUSING = "2080505", "2080506", "2210201"
MEDICAL = {"own-unit": "2101101", "institution": "2101102"}


def rates(disclosure: Disclosure) -> Mapping[str, Decimal]:
    """Return the rates in per cent, by id, that rates.csv has for a document.

    A row serves documents of offices in its place (all, where it names none) for the years from
    `year_from` to `year_to` (without an end, where it names none: the source of a rate may not say
    since when it holds, and a department of an early year is then judged by it too).
    """
    office = disclosure.document["office"]

    def serves(row: Row) -> bool:
        first, last = row["year_from"] or 0, row["year_to"] or 9999
        return (row["place"] or "") in office and first <= disclosure.year <= last

    return {row["id"]: row["percent"] for row in disclosure.reference["rates"] if serves(row)}


class Pay:
    """The figures of a disclosure that pay and its contributions stand in, as expressions.

    An account that is not printed counts as nothing. Amounts are in yuan, bases in yuan. `known`
    says whether the rates and both kinds of unit are there; `lacks` what is not.
    """

    def __init__(self, disclosure: Disclosure) -> None:
        self.disclosure = disclosure
        self.percent = {name: rate for name, rate in rates(disclosure).items() if rate > 0}
        self.rates = {name: Fraction(rate) / 100 for name, rate in self.percent.items()}
        self.running = {unit: self.item(name) for unit, name in RUNNING.items()}
        self.lacks = self._lacks()
        self.known = self.lacks is None
        self.heads_known = self.printed("50199") and isinstance(self.economic("30114"), Cell)

    def _lacks(self) -> Missing | Unprinted | None:
        """Return what is not there that payroll rests on, None if all is."""
        tables = self.disclosure.form.tables
        if lacking := sorted(RATES - self.rates.keys()):
            return self._no_rate(lacking[0])
        if (institutions := self._institutions()) > 1:
            why = said(
                "the department has {number:count} institutions, "
                "each of which rounds its contributions for itself",
                number=institutions,
            )
            return Inapplicable(why)
        for table in ("spending-by-function", "basic-by-government"):
            if unusable := self._unusable(table):
                return unusable
        for unit, name in RUNNING.items():
            if not self.running[unit]:
                why = said(
                    "{table:text} has no item {item:text}, "
                    "so that it does not show both kinds of unit",
                    table=tables["spending-by-function"].words[0],
                    item=name,
                )
                return Inapplicable(why)
        if not self.printed("50103"):
            why = said(
                "{table:text} has no account 50103, so that units are not told apart",
                table=tables["basic-by-government"].words[0],
            )
            return Inapplicable(why)
        return None

    def _unusable(self, table: str) -> Missing | Unprinted | None:
        """Return why nothing to the cent can be read in a table of both units, None if it can."""
        if table not in self.disclosure.tables:
            return Unprinted(table)
        if not self.disclosure.form.has(table, "basic"):
            return no_column(self.disclosure, table, "basic")
        if not self.disclosure.half_unit(table):
            return None
        why = said(
            "{table:text} is printed in {unit:text}, and contributions are charged to the cent",
            table=self.disclosure.form.tables[table].words[0],
            unit=WAN,
        )
        return Inapplicable(why)

    def _no_rate(self, rate: str) -> Inapplicable:
        why = said(
            "rates.csv has no {rate:text} rate for this place in {year:year}",
            rate=rate,
            year=self.disclosure.year,
        )
        return Inapplicable(why)

    def _institutions(self) -> int:
        """Return how many institutions the department has: as the text says, else as tables do."""
        disclosure = self.disclosure
        stated = [
            int(claim["value"])
            for claim in disclosure.claims
            if (claim["subject"], claim["kind"]) == ("institutions", "count") and claim["value"]
        ]
        units = {entry["compiling_unit"] for entry in disclosure.listing}
        units |= {row["unit"] for row in disclosure.tables.get("procurement", ())}
        names = {plain(unit) for unit in units if unit and not disclosure.is_own(unit)}
        return min(stated, default=len(names))

    def words(self, rate: str) -> str:
        """Return a rate as a sentence says it, such as `8.5 %`."""
        percent = self.percent.get(rate)
        return f"{percent.normalize():f} %" if percent else said("so many per cent")

    def at(self, *names: str, of: Expression, inverse: bool = False) -> Expression:
        """Return so much of an expression as rates say together, or the base that it is so much of.

        Where one is not known for this place and year, the expression says that it is not.
        """
        for name in names:
            if name not in self.rates:
                return self._no_rate(name)
        rate = sum((self.rates[name] for name in names), Fraction(0))
        return times(1 / rate if inverse else rate, of)

    def whose(self, expression: Expression) -> Expression:
        """Return what tells two units apart, or why they cannot be told apart here."""
        return self.lacks or expression

    def item(self, name: str, column: str = "basic") -> Cell | None:
        """Return the cell of table 5 of the functional item with that name, None if it has none."""
        rows = self.disclosure.tables.get("spending-by-function", ())
        named = (r for r in rows if len(r["code"] or "") == 7 and plain(r["name"]) == name)
        row = next(named, None)
        found = cell(self.disclosure, row, column) if row else None
        return found if isinstance(found, Cell) else None

    def printed(self, code: str) -> bool:
        """Whether table 7 has an account."""
        return find(self.disclosure, "basic-by-government", code, "basic") is not None

    def function(self, code: str, column: str = "basic") -> Expression:
        """Return a functional item of table 5."""
        return account(self.disclosure, "spending-by-function", code, column)

    def medical(self, unit: str, column: str = "basic") -> Expression:
        """Return the medical item of table 5 of one kind of unit."""
        return self.function(MEDICAL[unit], column)

    def economic(self, code: str) -> Expression:
        """Return a department economic section of table 6: both units together."""
        return account(self.disclosure, "basic-by-economic", code, "total")

    def government(self, code: str) -> Expression:
        """Return a government economic account of table 7."""
        return account(self.disclosure, "basic-by-government", code, "basic")

    def charge(self, rate: str, base: Expression) -> Rounded:
        """Return a contribution: the rate on the base, rounded half up to the cent."""
        return Rounded(self.at(rate, of=base))

    @property
    def own_unit_wages(self) -> Expression:
        """Wages of the own unit."""
        return self.government("50101")

    @property
    def institution_wages(self) -> Expression:
        """Wages of the institution: all wages less those of the own unit."""
        return total([self.economic(code) for code in WAGES]) - self.own_unit_wages

    @property
    def own_unit_base(self) -> Expression:
        """Contribution base of the own unit, from its pension and annuity."""
        left = total([self.government("501"), self.government("502")])
        for part in (self.running["own-unit"], self.medical("own-unit"), self.government("50103")):
            left = left - (part or Sum(()))
        return self.whose(self.at("pension", "annuity", of=left, inverse=True))

    @property
    def institution_base(self) -> Expression:
        """Contribution base of the institution, from its housing fund."""
        own = self.economic("30113") - self.government("50103")
        return self.whose(self.at("housing", of=own, inverse=True))

    @property
    def prior_base(self) -> Expression:
        """Last year's contribution base of both units, from last year's pension."""
        return self.at("pension", of=self.function(PENSION, "prior_total"), inverse=True)

    @property
    def prior_housing_base(self) -> Expression:
        """Last year's base of the housing fund of both units."""
        return self.at("housing", of=self.function(HOUSING, "prior_total"), inverse=True)

    @property
    def prior_own_unit_base(self) -> Expression:
        """Last year's contribution base of the own unit, to the yuan.

        What its medical item leaves after medical care is insurance and its supplement.
        """
        left = self.medical("own-unit", "prior_total") - self.prior_care("own-unit")
        return Rounded(self.at("medical", "supplement", of=left, inverse=True), 0)

    @property
    def prior_institution_base(self) -> Expression:
        """Last year's contribution base of the institution."""
        return self.prior_base - self.prior_own_unit_base

    def base(self, unit: str) -> Expression:
        """Return this year's contribution base of one unit."""
        return self.own_unit_base if unit == "own-unit" else self.institution_base

    def prior_base_of(self, unit: str) -> Expression:
        """Return last year's contribution base of one unit."""
        return self.prior_own_unit_base if unit == "own-unit" else self.prior_institution_base

    def care(self, *units: str) -> Expression:
        """Return this year's medical care of the units: an equal amount for each head."""
        own = self.government("50199")
        if self.lacks:
            return self.lacks
        if not self.heads_known:
            return Missing(said("medical care of both units"))
        parts = {"own-unit": own, "institution": self.economic("30114") - own}
        return total([parts[unit] for unit in units])

    def prior_care(self, *units: str) -> Expression:
        """Return last year's medical care of the units, which is not printed.

        The own unit: what its housing base is above its contribution base is an equal
        amount for each head this year; last year's excess, in the same proportion, gives last
        year's medical care. The institution: what its medical item leaves after its insurance.
        """
        excess = self.prior_housing_base - self.prior_base
        this_year = self.own_unit_wages - self.own_unit_base
        share = Percentage(self.government("50199"), this_year)
        parts: list[Expression] = [Product(excess, times(CENT, share))]
        if "institution" in units:
            base = self.prior_institution_base
            charged = total([self.charge(rate, base) for rate in ("medical", "supplement")])
            parts.append(self.medical("institution", "prior_total") - charged)
        return total(parts if "own-unit" in units else parts[1:])
