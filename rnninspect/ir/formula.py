"""Formula: one sum of products, written with its symbols and with its numbers."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple


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


def formula_of(terms: Iterable[Term]) -> Formula:
    """Return the sum as a person would write it, common factors pulled out."""
    terms = tuple(terms)
    return Formula(_render(terms, _symbol), _render(terms, _number))


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
    """Split a sum into its longest tails with a common factor, and what precedes them."""
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
