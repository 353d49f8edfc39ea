"""Operation: what can be called on tensors, and the result of one use of it.

A layer and a model are both operations, so that a model can stand wherever a layer can.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, Field, dataclass, fields
from functools import cache
from types import MappingProxyType
from typing import Any, ClassVar, NamedTuple, Self, TypeVar, dataclass_transform

from rnninspect.ir.shape import Shape
from rnninspect.ir.structures import Structure, flatten, map_structure
from rnninspect.ir.weights import Weight

T = TypeVar("T")


class Rejected(Exception):
    """Keras would certainly raise here.

    ``message`` is what Keras says; ``expected_ndim`` and ``found_ndim`` are set when the rank is
    what is wrong.
    """

    def __init__(
        self, message: str, *, expected_ndim: int | None = None, found_ndim: int | None = None
    ) -> None:
        super().__init__(message)
        self.message = message
        self.expected_ndim = expected_ndim
        self.found_ndim = found_ndim


class Call(NamedTuple):
    """The arguments of one use: structures of shapes, and plain values."""

    args: tuple[Structure, ...] = ()
    kwargs: Mapping[str, Structure] = MappingProxyType({})

    @staticmethod
    def on(*args: Structure) -> Call:
        """Return a call with tensors in order and no keywords."""
        return Call(args)

    @property
    def first(self) -> Structure:
        """What Keras regards as the input: the first argument, by position or by keyword."""
        if self.args:
            return self.args[0]
        return next(iter(self.kwargs.values()), Shape.unknown("the layer is called on nothing"))


class Part(NamedTuple):
    """An operation inside another, under the name by which its owner holds it."""

    role: str
    application: Application


class Application(NamedTuple):
    """One use of an operation: what went in, what came out, what it holds."""

    operation: Operation
    call: Call
    output: Structure
    weights: tuple[Weight, ...] = ()
    parts: tuple[Part, ...] = ()
    unknown: str = ""
    """Why the weights are not known; empty where they are."""
    rejected: Rejected | None = None

    def all_weights(self) -> Iterator[Weight]:
        """Yield its own weights and those of all that is inside, each operation's once."""
        seen: set[int] = set()
        stack: list[Application] = [self]
        while stack:
            application = stack.pop()
            if id(application.operation) in seen:
                continue
            seen.add(id(application.operation))
            yield from application.weights
            stack.extend(part.application for part in reversed(application.parts))

    def unknowns(self) -> Iterator[Application]:
        """Yield the applications in it whose weights are not known."""
        if self.unknown:
            yield self
        for part in self.parts:
            yield from part.application.unknowns()


@dataclass_transform(frozen_default=True, kw_only_default=True, eq_default=False)
def declare(cls: type[T]) -> type[T]:
    """Make a class a declaration: a frozen dataclass with keyword arguments, compared by identity.

    The methods that ``dataclass`` would write are in Operation, once: to write them for each of a
    hundred layers takes longer than to read a model.
    """
    return dataclass(init=False, repr=False, eq=False, match_args=False)(cls)


@declare
class Operation(ABC):
    """A layer or a model: something that can be called on tensors (Keras's word for both)."""

    supports_masking: ClassVar[bool] = False
    """Whether a mask passes through (Keras's attribute of this name)."""
    uses_mask: ClassVar[bool] = False
    """Whether the computation differs where a mask arrives."""
    mask_needs_all: ClassVar[bool] = False
    """Whether a mask arrives only if all inputs have one."""
    holds: ClassVar[tuple[str, ...]] = ()
    """The arguments that are themselves operations, or hold them."""
    is_listed: ClassVar[bool] = True
    """Whether Keras lists it in ``model.layers``."""
    keeps_width: ClassVar[bool] = False
    """Whether Keras demands that further inputs have the width of the first one."""
    is_internal: ClassVar[bool] = False
    """Whether it is a piece of a layer that a summary does not show on its own."""

    name: str | None = None
    trainable: bool = True

    def __init__(self, **arguments: Any) -> None:
        values = self.__dict__
        for argument in self.declared():
            if argument.name in arguments:
                values[argument.name] = arguments.pop(argument.name)
            elif argument.default is not MISSING:
                values[argument.name] = argument.default
            else:
                raise TypeError(f"{type(self).__name__} needs the argument {argument.name!r}")
        if arguments:
            raise TypeError(f"{type(self).__name__} has no argument {next(iter(arguments))!r}")

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"{type(self).__name__} is frozen")

    def __repr__(self) -> str:
        return f"<{self.class_name} {self.name or ''}>"

    def but(self, **changes: Any) -> Self:
        """Return the same operation with other arguments."""
        arguments = {argument.name: getattr(self, argument.name) for argument in self.declared()}
        return type(self)(**{**arguments, **changes})

    def frozen(self) -> Self:
        """Return the same operation, and all that it holds, without training."""
        held = {name: map_structure(_frozen, getattr(self, name)) for name in self.holds}
        return self.but(**held, trainable=False)

    def renewed(self, **changes: Any) -> Self:
        """Return a copy with other arguments and its own weights, also in the layers it holds."""
        held = {name: map_structure(_renewed, getattr(self, name)) for name in self.holds}
        return self.but(**{**held, **changes})

    @classmethod
    @cache
    def declared(cls) -> tuple[Field[Any], ...]:
        """Return the arguments of the class, with their defaults."""
        return fields(cls)

    @property
    def class_name(self) -> str:
        """The name of its Keras class."""
        return type(self).__name__

    def carries_mask(self, masked: bool) -> bool:
        """Whether its first output has a mask, given whether a mask arrives."""
        return masked and self.supports_masking

    @property
    def inner_model(self) -> tuple[str, Operation] | None:
        """The model whose layers a summary shows below it, and the group path to that model."""
        return None

    @abstractmethod
    def apply(self, call: Call) -> Application:
        """Work out output shapes and weights of one use. Never raises for what a model can hold."""


def again(application: Application, first: Application) -> Application:
    """Return a later use of a layer; rejected where it demands the width of the first use."""
    if not application.operation.keeps_width or not first.weights or not application.weights:
        return application
    was, now = (use.weights[0].shape.sizes or () for use in (first, application))
    pairs = zip(was, now, strict=False)
    width = next((a for a, b in pairs if None not in (a, b) and a != b), None)
    if width is None:
        return application
    # Keras: the InputSpec that the layer sets when it is built.
    shape = next((leaf for leaf in flatten(application.call.args) if isinstance(leaf, Shape)), None)
    reason = "Keras rejects this input"
    rejected = Rejected(
        f"Input 0 with name 'None' of layer '{application.operation.name}' is incompatible with "
        f"the layer: expected axis -1 of input shape to have value {width}, but received input "
        f"with shape {shape}"
    )
    return application._replace(output=Shape.unknown(reason), unknown=reason, rejected=rejected)


def _renewed(leaf: Any) -> Any:
    return leaf.renewed() if isinstance(leaf, Operation) else leaf


def _frozen(leaf: Any) -> Any:
    return leaf.frozen() if isinstance(leaf, Operation) else leaf
