"""Counts and formulas of one application, added up from its weights."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from rnninspect.ir.dims import Dim, total
from rnninspect.ir.formula import Formula
from rnninspect.ir.model import Model
from rnninspect.ir.operation import Application
from rnninspect.ir.weights import Weight


class OwnedWeight(NamedTuple):
    """A weight under its path inside the layer that the row is about (``forward_layer/kernel``)."""

    path: str
    weight: Weight


def owned_weights(application: Application) -> tuple[OwnedWeight, ...]:
    """Return all weights of an application and of what is inside it, each operation's once."""
    seen: set[int] = set()

    def walk(inner: Application, prefix: str) -> Iterator[OwnedWeight]:
        if id(inner.operation) in seen:
            return
        seen.add(id(inner.operation))
        for weight in inner.weights:
            yield OwnedWeight(prefix + weight.name, weight)
        for part in inner.parts:
            yield from walk(part.application, f"{prefix}{part.role}/")

    return tuple(walk(application, ""))


def count(weights: Iterable[Weight]) -> Dim:
    """Return how many parameters the weights hold together."""
    return total(weight.count for weight in weights)


def number_of(weights: Iterable[Weight]) -> int | None:
    """Return how many parameters the weights hold as a plain number: None if one is not known."""
    result = 0
    for weight in weights:
        value = weight.count.value
        if value is None:
            return None
        result += value
    return result


def formula_of(application: Application) -> Formula | None:
    """Return the arithmetic of a layer's count; None without weights, and for models (a sum)."""
    if _holds_model(application):
        return None
    pieces: list[tuple[Dim, int]] = []
    for dim in _pieces(application):
        for number, (piece, times) in enumerate(pieces):
            if piece.terms == dim.terms:
                pieces[number] = (piece, times + 1)
                break
        else:
            pieces.append((dim, 1))
    if not pieces:
        return None
    formulas = [(dim.copies(times) if times > 1 else dim).formula for dim, times in pieces]
    return Formula(
        " + ".join(formula.symbols for formula in formulas),
        " + ".join(formula.numbers for formula in formulas),
    )


def _pieces(application: Application) -> Iterator[Dim]:
    """Yield the count of the own weights, then that of each part: a sum reads best part by part."""
    if application.weights:
        yield count(application.weights)
    for part in application.parts:
        yield from _pieces(part.application)


def _holds_model(application: Application) -> bool:
    return isinstance(application.operation, Model) or any(
        _holds_model(part.application) for part in application.parts
    )
