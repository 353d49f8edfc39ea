"""What an expression of a program can be: plain Python constants, or one of these.

Constants, lists, tuples, dicts and ranges stand for themselves. Whatever is not known is Missing.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from rnninspect.diagnostics import Place
from rnninspect.ir.dims import Unknown
from rnninspect.ir.operation import Application, Call, Operation, declare
from rnninspect.ir.shape import Shape
from rnninspect.ir.structures import Structure
from rnninspect.sources.python.syntax import yields


class Missing(Unknown):
    """A value that is not known; its attributes are the same unknown each time they are asked."""

    __slots__ = ("attributes", "key", "tensor")

    def __init__(self, reason: str = "not known", key: object = None) -> None:
        super().__init__(reason)
        self.key = key
        self.attributes: dict[object, Missing] = {}
        self.tensor: Tensor | None = None

    def child(self, name: object) -> Missing:
        """The attribute or item of this name."""
        if name not in self.attributes:
            self.attributes[name] = Missing(self.reason)
        return self.attributes[name]

    def as_tensor(self) -> Tensor:
        """The tensor that it is where a layer takes it: the same one each time."""
        if self.tensor is None:
            self.tensor = Tensor(Shape.unknown(self.reason))
        return self.tensor


@dataclass(frozen=True)
class External:
    """A name from a library, by its canonical dotted path (``keras.layers.LSTM``)."""

    path: str

    @property
    def last(self) -> str:
        """The name itself."""
        return self.path.rpartition(".")[2]


class Opaque:
    """A value that is written by its kind alone: what it holds may have no end."""

    def __repr__(self) -> str:
        return f"<{type(self).__name__.lower()}>"


@dataclass(eq=False, repr=False)
class Array(Opaque):
    """Numbers in memory (NumPy, pandas, an eager tensor): only the shape is followed."""

    shape: Shape
    is_frame: bool = False
    """Whether it is a table or a column of pandas."""
    is_list: bool = False
    """Whether it is a list of unknown length with items of one shape."""


@dataclass(eq=False, repr=False)
class Made(Opaque):
    """A layer that the program made: its declaration and where it was made."""

    operation: Operation
    place: Place
    call: ast.AST | None = None
    uses: int = 0
    first_use: Use | None = None
    last_input: Any = None
    last_output: Any = None
    is_rejected: bool = False
    """Whether Keras's constructor rejects its arguments."""
    body: Callable[[Tensor], Any] | None = None
    """For Lambda and classes of the program: works out what one use gives."""


@dataclass(eq=False, repr=False)
class Use(Opaque):
    """One use of a layer; ``args`` and ``kwargs`` hold Tensors and plain values."""

    layer: Made
    number: int
    args: tuple[Any, ...]
    kwargs: Mapping[str, Any]
    place: Place
    application: Application


@dataclass(eq=False, repr=False)
class Tensor(Opaque):
    """A symbolic tensor: output number ``index`` of a use, or an input of the model."""

    shape: Shape
    use: Use | None = None
    index: int | None = 0
    input_layer: Made | None = None


@dataclass(eq=False, repr=False)
class Stack(Opaque):
    """A Sequential model in the making. ``output`` is set as soon as its input is known."""

    name: str
    place: Place
    layers: list[Made] = field(default_factory=list)
    input: Tensor | None = None
    output: Any = None
    places: list[Place] = field(default_factory=list)
    """Where each layer was added."""
    doubts: list[str] = field(default_factory=list)
    failed: bool = False
    as_layer: Made | None = None


@dataclass(eq=False, repr=False)
class Graph(Opaque):
    """A model of inputs and outputs."""

    name: str
    place: Place
    inputs: Any
    outputs: Any
    as_layer: Made | None = None
    class_name: str = "Functional"


@dataclass(eq=False, repr=False)
class Function(Opaque):
    """A function of the program with the scope in which it was defined."""

    node: ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda
    scope: Any
    name: str
    defaults: dict[str, Any] = field(default_factory=dict)
    kind: str = ""
    """``property``, ``staticmethod`` or ``classmethod`` where it is one."""
    path: str = ""
    cell: int | None = None

    @property
    def is_generator(self) -> bool:
        """Whether calling it gives a generator."""
        known = getattr(self.node, "is_generator", None)
        if known is None:
            known = yields(self.node)
            self.node.is_generator = known  # type: ignore[union-attr]
        return known


@dataclass(eq=False, repr=False)
class UserClass(Opaque):
    """A class of the program."""

    name: str
    bases: tuple[Any, ...]
    members: dict[str, Any]
    annotated: list[str] = field(default_factory=list)
    """The fields of a dataclass or named tuple, in their order."""

    def ancestors(self) -> list[UserClass]:
        """The program's classes it inherits from, the nearest first."""
        found: list[UserClass] = []
        for base in self.bases:
            if isinstance(base, UserClass):
                found += [base, *base.ancestors()]
        return found

    def fields(self) -> list[str]:
        """The arguments of a dataclass: those of the classes it inherits from come first."""
        names = [name for base in reversed(self.ancestors()) for name in base.annotated]
        return list(dict.fromkeys([*names, *self.annotated]))

    def find(self, name: str) -> Any:
        """A member of the class or of the program's classes it inherits from; else None."""
        if name in self.members:
            return self.members[name]
        for base in self.bases:
            if isinstance(base, UserClass) and (found := base.find(name)) is not None:
                return found
        return None

    @property
    def root(self) -> str:
        """The last name of the library class that it inherits from; empty for none."""
        for base in self.bases:
            if isinstance(base, External):
                return base.last
            if isinstance(base, UserClass) and base.root:
                return base.root
        return ""


@dataclass(eq=False, repr=False)
class Instance(Opaque):
    """An object of a class of the program."""

    cls: UserClass
    attributes: dict[str, Any] = field(default_factory=dict)
    as_layer: Made | None = None


@dataclass(eq=False, repr=False)
class Bound(Opaque):
    """A method together with its object."""

    function: Any
    receiver: Any


@dataclass(eq=False, repr=False)
class Module(Opaque):
    """A file of the checked tree that the program imports."""

    scope: Any
    path: str

    @property
    def is_shareable(self) -> bool:
        """Whether no program that imports it can change what it holds: it has no layers."""
        return not any(map(_can_change, self.scope.names.values()))

    def copied(self) -> Module:
        """The same for another program: what that changes in place is its own."""
        scope = type(self.scope)()
        scope.stars = list(self.scope.stars)
        scope.names = {
            name: type(value)(value) if isinstance(value, list | dict) else value
            for name, value in self.scope.names.items()
        }
        return Module(scope, self.path)


@dataclass(frozen=True)
class FieldOf:
    """``dataclasses.field(...)``."""

    default: Any
    factory: Any


@dataclass(eq=False, repr=False)
class Partial(Opaque):
    """A function with some of its arguments given (``functools.partial``)."""

    function: Any
    args: tuple[Any, ...]
    kwargs: dict[str, Any]


@dataclass(eq=False, repr=False)
class Method(Opaque):
    """A method of a value that the reader knows: ``model.add``, ``list.append``."""

    receiver: Any
    name: str


@declare
class Computed(Operation):
    """A function of the program used as a layer, on the input for which it was worked out."""

    written_class: str
    result: Structure

    is_listed = False

    @property
    def class_name(self) -> str:
        return self.written_class

    def apply(self, call: Call) -> Application:
        return Application(self, call, self.result)


def _can_change(value: object, deep: int = 2) -> bool:
    if isinstance(value, Made | Stack | Graph | Tensor | Instance):
        return True
    if deep and isinstance(value, list | tuple):
        return any(_can_change(one, deep - 1) for one in value)
    return bool(deep) and isinstance(value, dict) and _can_change(list(value.values()), deep)
