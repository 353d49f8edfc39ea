"""The state of a frame as plain tuples: hashable, so that equal states are counted once.

A value is a tuple (`("int", 3)`, `("tuple", "tuple", values)`) or the address of an object, which
is its index in `Snapshot.objects`: aliases have the same address. Nothing of the program is run.
"""

from __future__ import annotations

import collections
import functools
import types
from collections.abc import Iterable, Mapping
from enum import Enum
from typing import Any, NamedTuple

Value = Any  # tuple[Any, ...] | int: mypy cannot tell what a tuple holds by its first item
Variables = tuple[tuple[str, Value], ...]

MAX_VALUES = 3_000
CUT: Value = ("cut",)
NONE: Value = ("NoneType", None)


class Node(NamedTuple):
    """An object with an identity; the items of a dict are pairs."""

    kind: str  # the built-in ancestor: list, dict, set, frozenset, deque, class, object
    class_name: str
    items: tuple[Any, ...]
    attributes: Variables


class Snapshot(NamedTuple):
    """The variables of a frame, the globals of its module, and all objects they reach.

    `local` is None at module level, where both are the same.
    """

    local: Variables | None
    module: Variables
    objects: tuple[Node, ...]

    @classmethod
    def from_tuples(cls, data: tuple[Any, ...]) -> Snapshot:
        return cls(data[0], data[1], tuple(Node(*node) for node in data[2]))


SCALARS = frozenset({int, str, bool, bytes})
BY_TEXT = frozenset({float, complex})
FUNCTIONS = (types.FunctionType, type(functools.lru_cache(len)))
BUILTINS = (types.BuiltinFunctionType, types.MethodDescriptorType, types.WrapperDescriptorType)
SEQUENCES: tuple[Any, ...] = (list, set, frozenset, collections.deque)


def encode_constant(value: object) -> Value:
    """Return the value of a constant; floats are compared by their text (nan, -0.0)."""
    kind = type(value)
    if kind in SCALARS:
        return (kind.__name__, value)
    if value is None:
        return NONE
    if isinstance(value, tuple) and kind is tuple:
        return ("tuple", "tuple", tuple(encode_constant(item) for item in value))
    return (kind.__name__, repr(value))


class Recorder:
    """Walks objects breadth first, so that what is cut for its size is what is deepest."""

    def __init__(self, program: str) -> None:
        self.program = program  # the __module__ of the program's classes
        self.addresses: dict[int, int] = {}
        self.found: list[Any] = []
        self.left = MAX_VALUES

    def variables(self, names: Iterable[tuple[str, object]]) -> Variables:
        return tuple([(name, self.value(x)) for name, x in names if name[:2] != "__"])

    def value(self, x: Any) -> Value:
        kind = type(x)
        if kind in SCALARS:
            return (kind.__name__, x)
        if x is None:
            return NONE
        address = self.addresses.get(id(x))
        if address is not None:
            return address
        if kind in BY_TEXT:
            return (kind.__name__, repr(x))
        self.left -= 1
        if self.left < 0:
            return CUT
        if issubclass(kind, tuple):
            return ("tuple", kind.__name__, tuple([self.value(i) for i in tuple.__iter__(x)]))
        if kind in FUNCTIONS:
            return ("function", x.__qualname__)
        if kind is types.ModuleType or issubclass(kind, types.ModuleType):
            return ("module", types.ModuleType.__getattribute__(x, "__name__"))
        if issubclass(kind, type) and type.__getattribute__(x, "__module__") != self.program:
            return ("class", type.__getattribute__(x, "__qualname__"))
        if kind is types.MethodType:
            return ("method", getattr(x.__func__, "__qualname__", "?"))
        if kind in BUILTINS:
            return ("function", x.__qualname__)
        if x is Ellipsis:
            return ("ellipsis", "Ellipsis")
        self.addresses[id(x)] = address = len(self.found)
        self.found.append(x)
        return address

    def objects(self) -> tuple[Node, ...]:
        nodes: list[Node] = []
        while len(nodes) < len(self.found):  # which grows
            nodes.append(self.node(self.found[len(nodes)]))
        return tuple(nodes)

    def node(self, x: Any) -> Node:
        kind, value = type(x), self.value
        if kind is list:
            return Node("list", "list", tuple([value(i) for i in x]), ())
        if kind is dict:
            return Node("dict", "dict", tuple([(value(k), value(v)) for k, v in x.items()]), ())
        if issubclass(kind, dict):
            ordered = collections.OrderedDict if issubclass(kind, collections.OrderedDict) else dict
            pairs = tuple([(value(k), value(v)) for k, v in ordered.items(x)])
            return Node("dict", kind.__name__, pairs, self.attributes(x))
        for ancestor in SEQUENCES:
            if issubclass(kind, ancestor):
                items = tuple([value(i) for i in ancestor.__iter__(x)])
                if ancestor is set or ancestor is frozenset:
                    items = tuple(sorted(items, key=repr))
                return Node(ancestor.__name__, kind.__name__, items, self.attributes(x))
        if issubclass(kind, type):
            names = type.__getattribute__(x, "__dict__").items()
            if issubclass(x, Enum):
                names = [(name, member) for name, member in names if name[:1] != "_"]
            return Node("class", x.__qualname__, (), self.variables(names))
        return Node("object", kind.__name__, (), self.attributes(x))

    def attributes(self, x: Any) -> Variables:
        kind = type(x)
        if kind is functools.partial:
            names = {"func": x.func, "args": x.args, "keywords": x.keywords}
            return self.variables(names.items())
        try:
            own = object.__getattribute__(x, "__dict__")
        except AttributeError:
            own = {}
        if issubclass(kind, Enum):
            return self.variables([("name", own["_name_"]), ("value", own["_value_"])])
        if type(own) is not dict:
            return ()
        found = self.variables(own.items())
        if issubclass(kind, BaseException):
            return (*found, ("args", self.value(vars(BaseException)["args"].__get__(x))))
        return (*found, *self.slots(x))

    def slots(self, x: Any) -> Variables:
        found: list[tuple[str, object]] = []
        for ancestor in type(x).__mro__:
            if "__slots__" in ancestor.__dict__ and ancestor.__module__ == self.program:
                for name, member in ancestor.__dict__.items():
                    if type(member) is types.MemberDescriptorType:
                        try:
                            found.append((name, member.__get__(x)))
                        except AttributeError:
                            continue
        return self.variables(found)


def take_snapshot(
    local: Mapping[str, object] | None, module: Mapping[str, object], program: str = "__main__"
) -> Snapshot:
    """Return the state of a frame; names that begin with two underscores are left out."""
    recorder = Recorder(program)
    own = None if local is None else recorder.variables(list(local.items()))
    shared = recorder.variables(list(module.items()))
    return Snapshot(own, shared, recorder.objects())
