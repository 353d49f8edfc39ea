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
    """All weights of an application and of what is inside it, each operation's once."""
    seen: set[int] = set()

    def walk(one: Application, prefix: str) -> Iterator[OwnedWeight]:
        if id(one.operation) in seen:
            return
        seen.add(id(one.operation))
        for weight in one.weights:
            yield OwnedWeight(prefix + weight.name, weight)
        for part in one.parts:
            yield from walk(part.application, f"{prefix}{part.role}/")

    return tuple(walk(application, ""))


def count(weights: Iterable[Weight]) -> Dim:
    """How many parameters the weights hold together."""
    return total(weight.count for weight in weights)


def number_of(weights: Iterable[Weight]) -> int | None:
    """The same as a plain number: None if one of them is not known."""
    result = 0
    for weight in weights:
        value = weight.count.value
        if value is None:
            return None
        result += value
    return result


def formula_of(application: Application) -> Formula | None:
    """The arithmetic of a layer's count; None without weights, and for models (a plain sum)."""
    if _holds_model(application):
        return None
    pieces: list[tuple[Dim, int]] = []
    for dim in _pieces(application):
        for number, (known, times) in enumerate(pieces):
            if known.terms == dim.terms:
                pieces[number] = (known, times + 1)
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
    """The count of the own weights, then that of each part: a sum reads best part by part."""
    if application.weights:
        yield count(application.weights)
    for part in application.parts:
        yield from _pieces(part.application)


def _holds_model(application: Application) -> bool:
    return isinstance(application.operation, Model) or any(
        _holds_model(part.application) for part in application.parts
    )
