"""Run: what one pass through a program remembers: budget, decisions, models, rejections."""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from rnninspect.diagnostics import Place
from rnninspect.ir.dims import UnknownValue
from rnninspect.ir.operation import Application, Call, Operation, Rejected, again
from rnninspect.ir.shape import Shape
from rnninspect.ir.structures import Structure, flatten, map_structure
from rnninspect.layers.base import UNFORESEEN, Layer
from rnninspect.layers.unmodelled import Rejecting
from rnninspect.sources.python.values import (
    Array,
    External,
    Graph,
    Made,
    Method,
    Missing,
    Stack,
    Tensor,
    Use,
)

MAX_STEPS = 300_000
"""Expressions and statements looked at in one file, all passes together."""


class OutOfSteps(Exception):
    """The budget is spent."""


class Stopped(Exception):
    """The program itself ends here: it raises or exits."""


class Budget:
    """How many steps are left for a file."""

    def __init__(self, steps: int = MAX_STEPS) -> None:
        self.left = steps

    def spend(self) -> None:
        """Take one step; raises OutOfSteps when there is none left."""
        self.left -= 1
        if self.left < 0:
            raise OutOfSteps


class Rejection(NamedTuple):
    """A use that Keras rejects, and the model in which it stands."""

    use: Use
    name: str | None


class Run:
    """One pass. ``forced`` are the outcomes of the first decisions, in their order."""

    def __init__(self, budget: Budget, forced: tuple[bool, ...] = ()) -> None:
        self.budget = budget
        self.forced = forced
        self.taken: list[tuple[object, bool]] = []
        self.known: dict[object, bool] = {}
        self.uses = 0
        """How many uses of layers there were."""
        self.units: list[tuple[str, int]] = []
        """The functions and classes followed by themselves, each with the decisions before it."""
        self.counters: dict[str, int] = {}
        self.stacks: list[Stack] = []
        self.graphs: list[Graph] = []
        self.rejections: list[Rejection] = []
        self.written: dict[Operation, Mapping[str, Any]] = {}
        """The arguments of each layer as the program writes them."""
        self.entered: set[int] = set()
        self.accepted: set[tuple[int | None, int | None, int | None]] = set()
        """Cell, line and column of every use that Keras accepts, of which the rank is known."""
        self.fed: set[tuple[int | None, int | None, int | None]] = set()
        """Cell, line and column of every call that feeds a model data of just its input shape."""
        self.lines: dict[tuple[str, int | None], list[str]] = {}
        self.path = ""
        self.cell: int | None = None
        self.statement: ast.AST | None = None
        self.caught = 0
        self.round: int | None = None
        """The round of the innermost loop that is followed, from 1."""
        self.fragments: list[Structure] = []
        """What functions that nothing calls return: tensors that some model may use."""

    def place(self, node: ast.AST | None) -> Place:
        """Where a piece of the program stands."""
        line = getattr(node, "lineno", 1)
        end = getattr(node, "end_lineno", None)
        return Place(
            self.path,
            line,
            self._column(line, getattr(node, "col_offset", 0)),
            self.cell,
            end_line=end,
            end_column=None
            if end is None
            else self._column(end, getattr(node, "end_col_offset", 0)),
            round=self.round,
        )

    def _column(self, line: int, offset: int) -> int:
        """The column, counted from 1 in characters, of an offset in bytes (``ast`` has those)."""
        lines = self.lines.get((self.path, self.cell), ())
        text = lines[line - 1] if 0 < line <= len(lines) else ""
        if text.isascii():
            return offset + 1
        return len(text.encode()[:offset].decode(errors="ignore")) + 1

    def way_to(self, number: int) -> tuple[list[bool], str | None]:
        """The outcomes that lead to a decision, and the function or class that alone needs them.

        What was decided in other functions that nothing calls does not lead to it.
        """
        outcomes = [one for _, one in self.taken]
        unit = next((one for one in reversed(self.units) if one[1] <= number), None)
        if unit is None:
            return outcomes[:number], None
        name, start = unit
        return outcomes[: self.units[0][1]] + outcomes[start:number], name

    def decide(self, condition: Missing, site: object, preferred: bool) -> bool:
        """Which way an unknown condition goes; the same condition goes the same way again."""
        key = condition.key if condition.key is not None else ("truth", condition)
        if isinstance(key, tuple) and key[0] == "not":
            return not self.decide(key[1], site, not preferred)
        if key in self.known:
            return self.known[key]
        if isinstance(key, tuple) and key[0] == "==":
            for other, outcome in self.known.items():
                if isinstance(other, tuple) and other[:2] == key[:2] and outcome:
                    return False
        number = len(self.taken)
        outcome = self.forced[number] if number < len(self.forced) else preferred
        self.taken.append((site, outcome))
        self.known[key] = outcome
        return outcome

    def auto_name(self, class_name: str) -> str:
        """The name that Keras gives (``keras/src/utils/naming.py``): ``lstm``, ``lstm_1``."""
        name = re.sub(r"\W+", "", class_name)
        name = re.sub("(.)([A-Z][a-z]+)", r"\1_\2", name)
        name = re.sub("([a-z])([A-Z])", r"\1_\2", name).lower()
        number = self.counters.get(name, 0)
        self.counters[name] = number + 1
        return f"{name}_{number}" if number else name

    def apply(
        self,
        layer: Made,
        args: tuple[Structure, ...],
        kwargs: Mapping[str, Structure],
        node: ast.AST | None,
        model: str | None = None,
        place: Place | None = None,
    ) -> Any:
        """Use a layer on tensors: the tensors that come out; a rejection is remembered."""
        call = Call(
            tuple(map_structure(shape_of, one) for one in args),
            {name: map_structure(shape_of, value) for name, value in kwargs.items()},
        )
        self.uses += 1
        application = layer.operation.apply(call)
        if layer.first_use is not None:
            application = again(application, layer.first_use.application)
        use = Use(
            layer, layer.uses, args, kwargs, place or self.place_of_use(layer, node), application
        )
        layer.first_use = layer.first_use or use
        layer.uses += 1
        if application.rejected is not None:
            doubtful = any(is_doubtful(one) for one in flatten([args, dict(kwargs)]))
            if not (doubtful or self.caught or layer.is_rejected):
                self.rejections.append(Rejection(use, model))
        else:
            self._learn(layer, args)
            if application.output is not None and all(
                one.rank is not None for one in flatten(call.args) if isinstance(one, Shape)
            ):
                self.accepted.add((use.place.cell, use.place.line, use.place.column))
        layer.last_input = args[0] if args else None
        layer.last_output = outputs_of(use)
        return layer.last_output

    def check_making(self, layer: Made) -> None:
        """Remember a layer whose arguments Keras's constructor rejects, whatever becomes of it."""
        if not isinstance(layer.operation, Layer):
            return
        try:
            layer.operation.reject_arguments()
        except (UnknownValue, *UNFORESEEN):
            return
        except Rejected as rejected:
            reason = "Keras rejects its arguments"
            nothing = Shape.unknown(reason)
            use = Use(
                layer,
                0,
                (),
                {},
                layer.place,
                Application(layer.operation, Call(), nothing, unknown=reason, rejected=rejected),
            )
            layer.first_use, layer.is_rejected = use, True
            if not self.caught:
                self.rejections.append(Rejection(use, None))

    @staticmethod
    def _learn(layer: Made, args: tuple[Structure, ...]) -> None:
        """A layer that takes one rank only tells the rank of its input."""
        ndim = getattr(layer.operation, "ndim", None)
        if ndim and args and isinstance(args[0], Tensor) and args[0].shape.dims is None:
            reason = args[0].shape.reason
            from_rank = Shape(Shape.unknown(reason)[0] for _ in range(ndim))
            args[0].shape = from_rank

    def reject(
        self, what: Rejecting, args: tuple[Any, ...], node: ast.AST | None, place: Place
    ) -> None:
        """Remember something other than a layer's use that Keras rejects."""
        self.apply(Made(what, place), args, {}, node, None, place)

    def place_of_use(self, layer: Made, node: ast.AST | None) -> Place:
        """The layer's constructor where it stands in the running statement, else the call."""
        statement, made = self.statement, layer.call
        if (
            statement is not None
            and made is not None
            and layer.place.path == self.path
            and layer.place.cell == self.cell
            and _spans(statement, made)
        ):
            return layer.place
        return self.place(node or statement)


def outputs_of(use: Use) -> Any:
    """The tensors that come out of a use."""
    output: Any = use.application.output
    if isinstance(output, Shape):
        return Tensor(output, use)
    counter = iter(range(10_000))
    return map_structure(
        lambda leaf: Tensor(leaf, use, next(counter)) if isinstance(leaf, Shape) else leaf, output
    )


def is_doubtful(value: object) -> bool:
    """Whether a tensor comes after a rejection, so that nothing more is to be said of it."""
    return (
        isinstance(value, Tensor) and value.use is not None and bool(value.use.application.rejected)
    )


def _spans(outer: ast.AST, inner: ast.AST) -> bool:
    def start(node: Any) -> tuple[int, int]:
        return node.lineno, node.col_offset

    def end(node: Any) -> tuple[int, int]:
        return node.end_lineno, node.end_col_offset

    return start(outer) <= start(inner) and end(inner) <= end(outer)


def shape_of(value: object) -> Any:
    """The shape of a tensor or array; plain values as they are."""
    if isinstance(value, Tensor | Array):
        return value.shape
    if isinstance(value, Missing):
        return Shape.unknown(value.reason)
    return value


def is_true(value: object) -> bool | None:
    """Whether a value is true; None where that is not known."""
    if isinstance(value, External | Array | Tensor | Method):
        return None
    try:
        return bool(value)
    except (UnknownValue, TypeError, ValueError):
        return None
