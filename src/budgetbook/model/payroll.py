"""Pay and what is charged on it: the printed figures, and the bases that they imply."""

from __future__ import annotations

from fractions import Fraction

from ..errors import InputError
from ..forms import plain
from .cells import account, cell, find
from .disclosure import Disclosure
from .expressions import Cell, Expression, Percentage, Product, Rounded, Sum, times, total

CENT = Fraction(1, 100)
RATES = {"pension", "annuity", "medical", "supplement", "small", "housing", "training"}
RATES |= {"welfare", "union"}
WAGES = ("30101", "30102", "30103", "30106", "30107")


class Pay:
    """The figures of a disclosure that pay and its contributions stand in, as expressions.

    An account that is not printed counts as nothing. Amounts are in yuan, bases in yuan.
    """

    def __init__(self, disclosure: Disclosure) -> None:
        self.disclosure = disclosure
        self.rates = {
            row["id"]: Fraction(row["percent"]) / 100
            for row in disclosure.reference["rates"]
            if row["percent"] > 0
        }
        missing = sorted(RATES - self.rates.keys())
        if missing:
            raise InputError(f"editorial/rates.csv: no row {missing[0]}; restore the row")
        admin, institution = self.item("行政运行"), self.item("事业运行")
        self.known = bool(admin and institution and self.printed("50103"))
        self.heads_known = self.printed("50199") and isinstance(self.economic("30114"), Cell)
        self.running = {"bureau": admin, "subordinate": institution}

    def item(self, name: str, column: str = "basic") -> Cell | None:
        """Return the cell of table 5 of the functional item with that name."""
        rows = self.disclosure.tables.get("spending-by-function", ())
        named = (r for r in rows if len(r["code"] or "") == 7 and plain(r["name"]) == name)
        row = next(named, None)
        return cell(self.disclosure, row, column) if row else None

    def printed(self, code: str) -> bool:
        """Whether table 7 has an account."""
        return find(self.disclosure, "basic-by-government", code, "basic") is not None

    def function(self, code: str, column: str = "basic") -> Expression:
        """Return a functional item of table 5."""
        return account(self.disclosure, "spending-by-function", code, column)

    def economic(self, code: str) -> Expression:
        """Return a department economic section of table 6: both units together."""
        return account(self.disclosure, "basic-by-economic", code, "total")

    def government(self, code: str) -> Expression:
        """Return a government economic account of table 7."""
        return account(self.disclosure, "basic-by-government", code, "basic")

    def charge(self, rate: str, base: Expression) -> Rounded:
        """Return a contribution: the rate on the base, rounded half up to the cent."""
        return Rounded(times(self.rates[rate], base))

    @property
    def bureau_wages(self) -> Expression:
        """Wages of the administrative unit."""
        return self.government("50101")

    @property
    def subordinate_wages(self) -> Expression:
        """Wages of the institution: all wages less those of the administrative unit."""
        return total([self.economic(code) for code in WAGES]) - self.bureau_wages

    @property
    def bureau_base(self) -> Expression:
        """Contribution base of the administrative unit, from its pension and annuity."""
        left = total([self.government("501"), self.government("502")])
        for part in (self.running["bureau"], self.function("2101101"), self.government("50103")):
            left = left - (part or Sum(()))
        return times(1 / (self.rates["pension"] + self.rates["annuity"]), left)

    @property
    def subordinate_base(self) -> Expression:
        """Contribution base of the institution, from its housing fund."""
        own = self.economic("30113") - self.government("50103")
        return times(1 / self.rates["housing"], own)

    @property
    def prior_base(self) -> Expression:
        """Last year's contribution base of both units, from last year's pension."""
        return times(1 / self.rates["pension"], self.function("2080505", "prior_total"))

    @property
    def prior_housing_base(self) -> Expression:
        """Last year's base of the housing fund of both units."""
        return times(1 / self.rates["housing"], self.function("2210201", "prior_total"))

    @property
    def prior_bureau_base(self) -> Expression:
        """Last year's contribution base of the administrative unit, to the yuan.

        What its medical item leaves after medical care is 10 % of it.
        """
        rate = self.rates["medical"] + self.rates["supplement"]
        left = self.function("2101101", "prior_total") - self.prior_care("bureau")
        return Rounded(times(1 / rate, left), 0)

    @property
    def prior_subordinate_base(self) -> Expression:
        """Last year's contribution base of the institution."""
        return self.prior_base - self.prior_bureau_base

    def base(self, unit: str) -> Expression:
        """Return this year's contribution base of one unit."""
        return self.bureau_base if unit == "bureau" else self.subordinate_base

    def prior_base_of(self, unit: str) -> Expression:
        """Return last year's contribution base of one unit."""
        return self.prior_bureau_base if unit == "bureau" else self.prior_subordinate_base

    def care(self, *units: str) -> Expression:
        """Return this year's medical care of the units: an equal amount for each head."""
        bureau = self.government("50199")
        parts = {"bureau": bureau, "subordinate": self.economic("30114") - bureau}
        return total([parts[unit] for unit in units])

    def prior_care(self, *units: str) -> Expression:
        """Return last year's medical care of the units, which is not printed.

        The administrative unit: what its housing base is above its contribution base is an equal
        amount for each head this year; last year's excess, in the same proportion, gives last
        year's medical care. The institution: what its medical item leaves after its insurance.
        """
        excess = self.prior_housing_base - self.prior_base
        this_year = self.bureau_wages - self.bureau_base
        share = Percentage(self.government("50199"), this_year)
        parts: list[Expression] = [Product(excess, times(CENT, share))]
        if "subordinate" in units:
            base = self.prior_subordinate_base
            charged = total([self.charge(rate, base) for rate in ("medical", "supplement")])
            parts.append(self.function("2101102", "prior_total") - charged)
        return total(parts if "bureau" in units else parts[1:])
