"""Values: what an expression of a program can be; all of them are immutable.

Constants of Python, tuples and ranges stand for themselves. Whatever can be changed in place lives
in the store (``store.py``); the value is then a ``Ref``, its address, so that aliases are aliases.
"""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from rnninspect.diagnostics import Place
from rnninspect.ir.dims import Dim, Unknown
from rnninspect.ir.operation import Application
from rnninspect.ir.shape import Shape
from rnninspect.reader.syntax import UsedNames

Value = Any
"""A constant, a tuple or range of values, or one of the classes below."""


class Unresolved(Unknown):
    """A value that is not known, with the reason.

    The same object is the same unknown value wherever it appears, except a ``is_summary``: it
    stands for several values, because two paths met or a loop ran.
    """

    __slots__ = ("children", "is_summary", "key", "kind", "receiver", "tensor")

    def __init__(
        self,
        reason: str = "not known",
        kind: type | None = None,
        is_summary: bool = False,
        key: tuple[Any, ...] | None = None,
    ) -> None:
        super().__init__(reason)
        self.kind = kind
        self.is_summary = is_summary
        self.key = key
        """For a condition: what it asks, so that it is recognized when it is asked again."""
        self.children: dict[object, Unresolved] = {}
        self.tensor: Tensor | None = None
        """What it is where a layer takes it: the same tensor each time."""
        self.receiver: Value = None
        """The object that it was asked of: what it is may be a method."""

    def child(self, name: object, kind: type | None = None) -> Unresolved:
        """Return the part of this name: the same unknown each time, unless this is a summary."""
        if self.is_summary:
            return Unresolved(self.reason, kind)
        if name not in self.children:
            self.children[name] = Unresolved(self.reason, kind)
        return self.children[name]


class Ref:
    """The address of something that can be changed in place; equal only to itself."""

    __slots__ = ("stands_for_many",)
    noun = "an object"

    stands_for_many: bool
    """Set as soon as it is each item of a container of unknown length: see ``is_many``."""

    def __repr__(self) -> str:
        return f"<{type(self).__name__}>"


class ListRef(Ref):
    """A list; or a deque or a range, which are read and changed like one.

    ``is_several``: it stands for several lists that a loop made (as for dicts and sets): what it
    holds is so of each of them, and it has no identity.
    """

    __slots__ = ("is_several", "kind")
    noun = "a list"

    def __init__(self, kind: str = "list") -> None:
        self.kind = kind
        self.is_several = False


class DictRef(Ref):
    """A dict, or one of its kin in ``collections``."""

    __slots__ = ("default_factory", "is_several", "kind")
    noun = "a dict"

    def __init__(self, kind: str = "dict", default_factory: Value = None) -> None:
        self.kind = kind
        self.default_factory = default_factory
        self.is_several = False


class SetRef(Ref):
    """A set."""

    __slots__ = ("is_several",)
    noun = "a set"

    def __init__(self) -> None:
        self.is_several = False


class IteratorRef(Ref):
    """An iterator, a generator or a coroutine: what has been taken from it is gone."""

    __slots__ = ()
    noun = "an iterator"


class FrameRef(Ref):
    """A table of pandas: columns can be added in place."""

    __slots__ = ()
    noun = "a table"


class ObjectRef(Ref):
    """An object of a library that the reader models, such as an argument parser."""

    __slots__ = ("kind",)
    noun = "an object"

    def __init__(self, kind: str) -> None:
        self.kind = kind


class ScopeRef(Ref):
    """The names of a module, of a class body, or of one call of a function."""

    __slots__ = ("is_class", "is_comprehension", "outer", "path", "used")
    noun = "a scope"

    def __init__(
        self,
        outer: ScopeRef | None = None,
        *,
        is_class: bool = False,
        is_comprehension: bool = False,
        path: str = "",
        used: UsedNames | None = None,
    ) -> None:
        self.outer = outer
        self.is_class = is_class
        self.is_comprehension = is_comprehension
        self.used = used
        """The names of the function that it is a call of."""
        self.path: str = path or (outer.path if outer is not None else "")

    @property
    def module(self) -> ScopeRef:
        """The outermost scope."""
        scope = self
        while scope.outer is not None:
            scope = scope.outer
        return scope


class ClassRef(Ref):
    """A class of the program. Its names are in the store; its bases are not changed."""

    __slots__ = ("bases", "fields", "linear", "name", "place", "scope", "traits")
    noun = "a class"

    def __init__(
        self,
        name: str,
        bases: tuple[Value, ...],
        place: Place,
        fields: tuple[str, ...] = (),
        traits: frozenset[str] = frozenset(),
    ) -> None:
        self.name = name
        self.bases = bases
        self.place = place
        self.fields = fields
        self.traits = traits
        self.linear: tuple[ClassRef, ...] | None = None

    def __repr__(self) -> str:
        return f"<class {self.name}>"

    def ancestors(self) -> tuple[ClassRef, ...]:
        """Return the class and the program's classes it inherits from, in the order of lookup."""
        if self.linear is None:
            parents = [base for base in self.bases if isinstance(base, ClassRef)]
            chains = [list(parent.ancestors()) for parent in parents]
            self.linear = (self, *_merged([*chains, parents]))
        return self.linear

    @property
    def library_bases(self) -> tuple[str, ...]:
        """The dotted paths of the library classes that it inherits from."""
        return tuple(
            base.path
            for cls in self.ancestors()
            for base in cls.bases
            if isinstance(base, External)
        )

    @property
    def has_unknown_base(self) -> bool:
        """Whether it inherits from something that is neither its program's nor a library's."""
        return any(
            not isinstance(base, ClassRef | External)
            for cls in self.ancestors()
            for base in cls.bases
        )


def _merged(chains: list[list[ClassRef]]) -> list[ClassRef]:
    """Return the C3 order of classes (https://docs.python.org/3/howto/mro.html)."""
    order: list[ClassRef] = []
    while chains := [chain for chain in chains if chain]:
        heads = [chain[0] for chain in chains]
        tails = {cls for chain in chains for cls in chain[1:]}
        head = next((head for head in heads if head not in tails), heads[0])
        order.append(head)
        chains = [[cls for cls in chain if cls is not head] for chain in chains]
    return order


class InstanceRef(Ref):
    """An object of a class of the program; its attributes are in the store."""

    __slots__ = ("cls",)
    noun = "an object"

    def __init__(self, cls: ClassRef) -> None:
        self.cls = cls

    def __repr__(self) -> str:
        return f"<{self.cls.name} object>"


class LayerRef(Ref):
    """A layer that the program made: how it was declared and where."""

    __slots__ = ("body", "call", "is_rejected", "operation", "place")
    noun = "a layer"

    def __init__(
        self, operation: Any, place: Place, call: ast.AST | None = None, body: Any = None
    ) -> None:
        self.operation = operation
        self.place = place
        self.call = call
        self.body = body
        """For Lambda: the function, its further arguments, and the output shape it states."""
        self.is_rejected = False
        """Whether Keras's constructor rejects its arguments."""

    def __repr__(self) -> str:
        return f"<{self.operation.class_name} layer>"


class SequentialRef(Ref):
    """A Sequential model; its layers are in the store."""

    __slots__ = ("identity", "name", "place")
    noun = "a model"

    def __init__(self, name: str, place: Place, identity: object) -> None:
        self.name = name
        self.place = place
        self.identity = identity
        """The call path and the iterations of loops that led to it."""


class GraphRef(Ref):
    """A model of inputs and outputs."""

    __slots__ = ("class_name", "identity", "inputs", "name", "outputs", "place", "sub_model")
    noun = "a model"

    def __init__(
        self,
        name: str,
        place: Place,
        identity: object,
        inputs: Value,
        outputs: Value,
        class_name: str = "Functional",
    ) -> None:
        self.name = name
        self.place = place
        self.identity = identity
        self.inputs = inputs
        self.outputs = outputs
        self.class_name = class_name
        self.sub_model: LayerRef | None = None
        """The same as a layer of another model, once it was used as one."""


@dataclass(frozen=True, slots=True)
class External:
    """A name from a library, by its canonical dotted path (``keras.layers.LSTM``)."""

    path: str

    @property
    def last(self) -> str:
        """The name itself."""
        return self.path.rpartition(".")[2]


@dataclass(frozen=True, slots=True)
class LibraryObject:
    """An object made by a library's function that is not modelled: ``path`` says which."""

    path: str


@dataclass(frozen=True, slots=True, eq=False)
class Array:
    """Numbers in memory (NumPy, an eager tensor, a column): only the shape is followed."""

    shape: Shape
    dtype: str | None = None
    values: tuple[Any, ...] | None = None
    """The numbers of a short vector, where they are known."""


@dataclass(frozen=True, slots=True, eq=False)
class Dataset:
    """A ``tf.data.Dataset`` or a generator of batches: the structure of one element."""

    element: Value


@dataclass(frozen=True, slots=True, eq=False)
class Parts:
    """The part of a data set's element that is a dict: what stands under each key."""

    parts: Mapping[Any, Value]


@dataclass(frozen=True, slots=True, eq=False)
class Use:
    """One use of a layer; ``args`` and ``kwargs`` hold tensors and plain values."""

    layer: LayerRef
    number: int
    args: tuple[Any, ...]
    kwargs: Mapping[str, Any]
    place: Place
    application: Application
    follows_rejection: bool = False
    """Whether Keras rejects this use, or one before it: it is not reached then."""


@dataclass(frozen=True, slots=True, eq=False)
class Tensor:
    """A symbolic tensor: output number ``index`` of a use, or an input of a model."""

    shape: Shape
    use: Use | None = None
    index: int | None = 0
    input_layer: LayerRef | None = None
    is_single: bool = False
    """Whether it is the same tensor wherever it appears, though its shape is not known."""


@dataclass(frozen=True, slots=True, eq=False)
class Function:
    """A function of the program with the scope in which it was defined."""

    node: ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda
    scope: ScopeRef
    name: str
    defaults: Mapping[str, Value]
    path: str
    cell: int | None
    owner: ClassRef | None = None
    """The class in whose body it was defined, for ``super()``."""


@dataclass(frozen=True, slots=True, eq=False)
class Descriptor:
    """A property, static method or class method: ``kind`` is the decorator's name."""

    kind: str
    function: Value
    setter: Value = None


@dataclass(frozen=True, slots=True, eq=False)
class BoundMethod:
    """A function together with its first argument."""

    function: Value
    receiver: Value


@dataclass(frozen=True, slots=True)
class NativeMethod:
    """A method of a value of Python or of a library: ``model.add``, ``list.append``."""

    receiver: Value
    name: str


@dataclass(frozen=True, slots=True, eq=False)
class Super:
    """``super()``: the classes behind ``after``, for ``receiver``."""

    after: ClassRef
    receiver: Value


@dataclass(frozen=True, slots=True, eq=False)
class Partial:
    """A function with some of its arguments (``functools.partial``)."""

    function: Value
    args: tuple[Value, ...]
    kwargs: Mapping[str, Value]


@dataclass(frozen=True, slots=True, eq=False)
class ModuleValue:
    """A file of the checked tree that the program imports."""

    scope: ScopeRef
    path: str


@dataclass(frozen=True, slots=True, eq=False)
class FieldDefault:
    """``dataclasses.field(...)``."""

    default: Value
    factory: Value


class EnumMember(NamedTuple):
    """A member of an enumeration of the program."""

    cls: ClassRef
    name: str
    value: Value


PATHS_MET = "it differs between paths of the program"
EACH_DIFFERS = "it differs from one item to the next"
"""Reasons of sizes that stand for several numbers: the same size object is not the same number."""


def summarized(value: Value) -> Value:
    """Return what stands for several values that are each as this one says.

    What is unknown in it is not the same unknown wherever it is taken out.
    """
    if isinstance(value, Unresolved):
        return value if value.is_summary else Unresolved(value.reason, value.kind, is_summary=True)
    if type(value) is tuple:
        parts = tuple(map(summarized, value))
        return value if all(map(_is, parts, value)) else parts
    if isinstance(value, Array):
        shape = summarized_shape(value.shape)
        return value if shape is value.shape else Array(shape, value.dtype)
    if isinstance(value, Dataset):
        element = summarized(value.element)
        return value if element is value.element else Dataset(element)
    if isinstance(value, ListRef | DictRef | SetRef | InstanceRef | FrameRef | IteratorRef):
        value.stands_for_many = True
    return value


def is_many(ref: Ref) -> bool:
    """Whether an address stands for several objects, each as its cell says.

    A write to one of them leaves nothing certain about any.
    """
    return getattr(ref, "stands_for_many", False)


def summarized_shape(shape: Shape) -> Shape:
    """Return a shape whose unknown sizes stand for several numbers."""
    dims = shape.dims
    if dims is None:
        return shape
    made = [
        Dim.unknown(EACH_DIFFERS) if dim.is_unknown and is_one_number(dim) else dim for dim in dims
    ]
    return shape if all(map(_is, made, dims)) else Shape(made)


def is_one_number(dim: Dim) -> bool:
    """Whether a size is the same number wherever this object is."""
    return dim.reason not in (PATHS_MET, EACH_DIFFERS)


def _is(one: object, two: object) -> bool:
    return one is two


SCALARS = (int, float, str, bytes, bool, complex, type(None), type(Ellipsis))
"""The constants of a program that have no parts."""


def is_constant(value: Value) -> bool:
    """Whether a value is a constant of Python, with all its parts."""
    if isinstance(value, tuple):
        return type(value) is tuple and all(map(is_constant, value))
    return isinstance(value, (*SCALARS, range))
