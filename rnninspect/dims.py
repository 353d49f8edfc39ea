"""Dim: a size that remembers its arithmetic, and Shape: a row of them.

The number and the formula beside it come from one calculation: ``+`` and ``*`` combine the value,
the symbols and the numbers together, so they cannot disagree.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator
from typing import Final, NamedTuple, NoReturn, overload


class UnknownValue(Exception):
    """A decision was asked of a value that is not known."""

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


class Factor(NamedTuple):
    """A named number in a product: ``units`` which is 16, or is not known (None)."""

    symbol: str
    value: int | None


class Term(NamedTuple):
    """``copies[0] × … × number × factors[0] × …``; copies stay apart so that 2 × 4 is not 8."""

    number: int = 1
    factors: tuple[Factor, ...] = ()
    copies: tuple[int, ...] = ()


class Formula(NamedTuple):
    """One sum of products written twice: with the names, and with the numbers in their place."""

    symbols: str
    numbers: str


class Dim:
    """The size of one axis, or a count of parameters.

    ``value`` is None where the size is not one number. Then ``flexible`` says that Keras itself
    leaves it open (``None`` in a Keras shape), else ``reason`` says why it is not known here.
    """

    __slots__ = ("flexible", "reason", "terms", "value")

    def __init__(
        self,
        value: int | None,
        terms: tuple[Term, ...] = (),
        flexible: bool = False,
        reason: str = "",
    ) -> None:
        self.value = value
        self.terms = terms
        self.flexible = flexible
        self.reason = reason

    @staticmethod
    def of(value: int | None) -> Dim:
        """A plain number, or Keras's ``None``: an axis that may have any length."""
        if value is None:
            return FLEXIBLE
        return Dim(value, (Term(value),) if value else ())

    @staticmethod
    def named(symbol: str, value: object) -> Dim:
        """A number that shows in formulas under its Keras argument name; not an int: not known."""
        if isinstance(value, int) and not isinstance(value, bool):
            return Dim(value, (Term(1, (Factor(symbol, value),)),))
        reason = value.reason if isinstance(value, Unknown) else f"{symbol} is {value!r}"
        return Dim(None, (Term(1, (Factor(symbol, None),)),), reason=reason)

    @staticmethod
    def unknown(reason: str, symbol: str = "?") -> Dim:
        """A size that is there but not known here."""
        return Dim(None, (Term(1, (Factor(symbol, None),)),), reason=reason)

    def called(self, symbol: str) -> Dim:
        """The same size as one named number, its earlier arithmetic forgotten."""
        return Dim(
            self.value, (Term(1, (Factor(symbol, self.value),)),), self.flexible, self.reason
        )

    def copies(self, count: int) -> Dim:
        """``count × self`` with the count kept as a factor of its own in the formula."""
        terms = tuple(Term(t.number, t.factors, (count, *t.copies)) for t in self.terms)
        value = None if self.value is None else count * self.value
        return Dim(value, terms, self.flexible, self.reason)

    def __add__(self, other: Dim) -> Dim:
        unknown = self._unknown_of(other)
        if unknown is not None:
            return Dim(None, self.terms + other.terms, unknown.flexible, unknown.reason)
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
            return Dim(None, terms, unknown.flexible, unknown.reason)
        return Dim((self.value or 0) * (other.value or 0), terms)

    def _unknown_of(self, other: Dim) -> Dim | None:
        """The operand that makes a result unknown; not known here outweighs open in Keras."""
        candidates = [d for d in (self, other) if d.value is None]
        return min(candidates, key=lambda d: d.flexible) if candidates else None

    @property
    def is_unknown(self) -> bool:
        """Whether the size exists but could not be found out (as against open in Keras)."""
        return self.value is None and not self.flexible

    @property
    def formula(self) -> Formula:
        """The arithmetic, common factors pulled out, as a person would write it."""
        return Formula(_render(self.terms, _symbol), _render(self.terms, _number))

    def apply(self, function: Callable[[int], int]) -> Dim:
        """A size computed from this one; stays open or unknown where this one is."""
        return self if self.value is None else Dim.of(function(self.value))

    def __repr__(self) -> str:
        return f"Dim({self}: {self.formula.symbols})"

    def __str__(self) -> str:
        return "None" if self.flexible else "?" if self.value is None else str(self.value)


FLEXIBLE: Final = Dim(None, (Term(1, (Factor("None", None),)),), flexible=True)
ZERO: Final = Dim(0)


def total(dims: Iterable[Dim]) -> Dim:
    """The sum of many sizes or counts; value None as soon as one of them is not known."""
    result = ZERO
    for dim in dims:
        result = result + dim
    return result


def product(dims: Iterable[Dim]) -> Dim:
    """The product of many sizes; 1 for none of them (a scalar)."""
    result = Dim.of(1)
    for dim in dims:
        result = result * dim
    return result


class Shape:
    """The sizes of a tensor's axes, first the batch; or a shape whose rank is not known.

    Indexing a shape of unknown rank gives unknown sizes, so that layer declarations need not ask.
    """

    __slots__ = ("dims", "reason")

    def __init__(self, dims: Iterable[Dim] | None, reason: str = "") -> None:
        self.dims = None if dims is None else tuple(dims)
        self.reason = reason

    @staticmethod
    def of(*sizes: int | None) -> Shape:
        """A shape from Keras's own notation, for instance ``Shape.of(None, 20, 6)``."""
        return Shape(Dim.of(size) for size in sizes)

    @staticmethod
    def unknown(reason: str) -> Shape:
        """A shape of which not even the rank is known."""
        return Shape(None, reason)

    @property
    def rank(self) -> int | None:
        """How many axes, the batch included; None if not known."""
        return None if self.dims is None else len(self.dims)

    @property
    def sizes(self) -> tuple[int | None, ...] | None:
        """The plain numbers, None for an axis that is open or not known."""
        return None if self.dims is None else tuple(d.value for d in self.dims)

    @property
    def is_complete(self) -> bool:
        """Whether every axis is a number or open in Keras."""
        return self.dims is not None and not any(d.is_unknown for d in self.dims)

    def require(self) -> tuple[Dim, ...]:
        """The axes, for arithmetic that needs the rank; raises UnknownValue without it."""
        if self.dims is None:
            raise UnknownValue(self.reason or "the input shape is not known")
        return self.dims

    @overload
    def __getitem__(self, axis: int) -> Dim: ...
    @overload
    def __getitem__(self, axis: slice) -> Shape: ...
    def __getitem__(self, axis: int | slice) -> Dim | Shape:
        if isinstance(axis, slice):
            return Shape(None if self.dims is None else self.dims[axis], self.reason)
        if self.dims is None:
            return Dim.unknown(self.reason or "the input shape is not known")
        return self.dims[axis]

    def __add__(self, other: Iterable[Dim]) -> Shape:
        return Shape(None if self.dims is None else (*self.dims, *other), self.reason)

    def __iter__(self) -> Iterator[Dim]:
        return iter(self.require())

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Shape) and self.sizes == other.sizes

    def __hash__(self) -> int:
        return hash(self.sizes)

    def __str__(self) -> str:
        if self.dims is None:
            return "?"
        inside = ", ".join(map(str, self.dims))
        return f"({inside},)" if len(self.dims) == 1 else f"({inside})"

    __repr__ = __str__


def _symbol(factor: Factor) -> str:
    return factor.symbol


def _number(factor: Factor) -> str:
    return factor.symbol if factor.value is None else f"{factor.value:,}"


def _render(terms: Iterable[Term], show: Callable[[Factor], str]) -> str:
    """Write a sum: the terms of equal copies together, runs with a common factor in brackets."""
    by_copies: dict[tuple[int, ...], list[Term]] = {}
    for term in terms:
        by_copies.setdefault(term.copies, []).append(term)
    pieces = []
    for copies, group in by_copies.items():
        runs = [_render_run(run, show) for run in _runs(_collect(group))]
        text = " + ".join(runs) or "0"
        if copies:
            text = f"({text})" if len(runs) > 1 else text
            text = " × ".join([*map(str, copies), text])
        pieces.append(text)
    return " + ".join(pieces) or "0"


def _collect(terms: Iterable[Term]) -> list[Term]:
    """Add up terms of the same factors: f × u + f × u becomes 2 × f × u."""
    numbers: dict[tuple[Factor, ...], tuple[int, tuple[Factor, ...]]] = {}
    for term in terms:
        key = tuple(sorted(term.factors, key=lambda f: (f.symbol, f.value or 0)))
        number, factors = numbers.get(key, (0, term.factors))
        numbers[key] = (number + term.number, factors)
    return [Term(number, factors) for number, factors in numbers.values()]


def _runs(terms: list[Term]) -> Iterator[list[Term]]:
    """Split a sum into its longest tails with a common factor, what stands before them alone."""
    while terms:
        for start in range(len(terms)):
            tail = terms[start:]
            if len(tail) == 1 or _common(tail):
                yield from ([term] for term in terms[:start])
                yield tail
                return


def _common(terms: list[Term]) -> list[Factor]:
    shared = list(terms[0].factors)
    for term in terms[1:]:
        left = list(term.factors)
        kept = []
        for factor in shared:
            if factor in left:
                left.remove(factor)
                kept.append(factor)
        shared = kept
    return shared


def _render_run(terms: list[Term], show: Callable[[Factor], str]) -> str:
    if len(terms) == 1:
        return _render_term(terms[0], show)
    shared = _common(terms)
    divisor = math.gcd(*(term.number for term in terms))
    inside = []
    for term in terms:
        left = list(term.factors)
        for factor in shared:
            left.remove(factor)
        inside.append(_render_term(Term(term.number // divisor, tuple(left)), show))
    front = [] if divisor == 1 else [str(divisor)]
    if len(terms) > 1:
        return " × ".join([*front, f"({' + '.join(inside)})", *map(show, shared)])
    return " × ".join([*front, *inside, *map(show, shared)])


def _render_term(term: Term, show: Callable[[Factor], str]) -> str:
    shown = [show(factor) for factor in term.factors]
    if term.number != 1 or not shown:
        shown.insert(0, f"{term.number:,}")
    return " × ".join(shown)
