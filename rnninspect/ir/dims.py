"""Dim: a size that remembers its arithmetic.

The number and the formula beside it come from one calculation: ``+`` and ``*`` combine the value,
the symbols and the numbers together, so they cannot disagree.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final, NoReturn

from rnninspect.ir.formula import Factor, Formula, Term, formula_of


class UnknownValue(Exception):
    """A decision depends on a value that is not known."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Unknown:
    """An argument whose value is not known; any decision on it raises UnknownValue."""

    __slots__ = ("reason",)

    def __init__(self, reason: str = "not known") -> None:
        self.reason = reason

    def __repr__(self) -> str:
        return "?"

    def __bool__(self) -> NoReturn:
        raise UnknownValue(self.reason)


class Dim:
    """The size of one axis, or a count of parameters.

    ``value`` is None where the size is not one number. Then ``dynamic`` says that Keras itself
    leaves it open (``None`` in a Keras shape), else ``reason`` says why it is not known here.
    """

    __slots__ = ("dynamic", "reason", "terms", "value")

    def __init__(
        self,
        value: int | None,
        terms: tuple[Term, ...] = (),
        dynamic: bool = False,
        reason: str = "",
    ) -> None:
        self.value = value
        self.terms = terms
        self.dynamic = dynamic
        self.reason = reason

    @staticmethod
    def of(value: int | None) -> Dim:
        """Return a plain number, or for Keras's ``None`` an axis that may have any length."""
        if value is None:
            return DYNAMIC
        return Dim(value, (Term(value),) if value else ())

    @staticmethod
    def named(symbol: str, value: object) -> Dim:
        """Return a number that formulas show under its Keras name; unknown if not an int."""
        if isinstance(value, int) and not isinstance(value, bool):
            return Dim(value, (Term(1, (Factor(symbol, value),)),))
        reason = value.reason if isinstance(value, Unknown) else f"{symbol} is {value!r}"
        return Dim(None, (Term(1, (Factor(symbol, None),)),), reason=reason)

    @staticmethod
    def unknown(reason: str, symbol: str = "?") -> Dim:
        """Return a fixed size that is not known here."""
        return Dim(None, (Term(1, (Factor(symbol, None),)),), reason=reason)

    def called(self, symbol: str) -> Dim:
        """Return the same size as one named number, without its earlier arithmetic."""
        return Dim(self.value, (Term(1, (Factor(symbol, self.value),)),), self.dynamic, self.reason)

    def copies(self, count: int) -> Dim:
        """Return ``count × self`` with the count kept as a factor of its own in the formula."""
        terms = tuple(Term(t.number, t.factors, (count, *t.copies)) for t in self.terms)
        value = None if self.value is None else count * self.value
        return Dim(value, terms, self.dynamic, self.reason)

    def __add__(self, other: Dim) -> Dim:
        unknown = self._unknown_of(other)
        if unknown is not None:
            return Dim(None, self.terms + other.terms, unknown.dynamic, unknown.reason)
        return Dim((self.value or 0) + (other.value or 0), self.terms + other.terms)

    def __mul__(self, other: Dim) -> Dim:
        terms = tuple(
            Term(a.number * b.number, a.factors + b.factors, a.copies + b.copies)
            for a in self.terms
            for b in other.terms
        )
        if self.value == 0 or other.value == 0:
            return Dim(0, ())
        unknown = self._unknown_of(other)
        if unknown is not None:
            return Dim(None, terms, unknown.dynamic, unknown.reason)
        return Dim((self.value or 0) * (other.value or 0), terms)

    def _unknown_of(self, other: Dim) -> Dim | None:
        """Return the operand that makes a result unknown; unknown here outweighs open in Keras."""
        candidates = [d for d in (self, other) if d.value is None]
        return min(candidates, key=lambda d: d.dynamic) if candidates else None

    @property
    def is_unknown(self) -> bool:
        """Whether the size exists but could not be found out (as against open in Keras)."""
        return self.value is None and not self.dynamic

    @property
    def formula(self) -> Formula:
        """The arithmetic with common factors pulled out, as a person would write it."""
        return formula_of(self.terms)

    def apply(self, function: Callable[[int], int]) -> Dim:
        """Return a size computed from this one; open or unknown where this one is."""
        return self if self.value is None else Dim.of(function(self.value))

    def __repr__(self) -> str:
        return f"Dim({self}: {self.formula.symbols})"

    def __str__(self) -> str:
        return "None" if self.dynamic else "?" if self.value is None else str(self.value)


DYNAMIC: Final = Dim(None, (Term(1, (Factor("None", None),)),), dynamic=True)
ZERO: Final = Dim(0)


def total(dims: Iterable[Dim]) -> Dim:
    """Return the sum of several sizes or counts; value None if one of them is not known."""
    result = ZERO
    for dim in dims:
        result = result + dim
    return result


def product(dims: Iterable[Dim]) -> Dim:
    """Return the product of several sizes; 1 for none of them (a scalar)."""
    result = Dim.of(1)
    for dim in dims:
        result = result * dim
    return result
