"""What a reader can claim to know about a program: the words between a reader and the judge.

A reader answers for each marked point, `probe(k)`, with **worlds**: states of which at least one
must hold whenever an execution gets there. A world has claims about variables, which hold jointly.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

Constant = Any  # int, str, bytes, float, complex, bool, None, ..., and tuples of them
Address = Hashable


@dataclass(frozen=True, slots=True)
class Unknown:
    """Claims nothing; holds for an unbound name too."""


@dataclass(frozen=True, slots=True)
class Absent:
    """Claims that the name is unbound, or the attribute not in the object's own `__dict__`."""


UNKNOWN = Unknown()
ABSENT = Absent()


@dataclass(frozen=True, slots=True)
class Bound:
    """Claims that the name is bound, to whatever."""


@dataclass(frozen=True, slots=True)
class Known:
    """Claims a constant: `True` is not `1`, `1` is not `1.0`, `0.0` is not `-0.0`."""

    value: Constant


@dataclass(frozen=True, slots=True)
class OfType:
    """Claims the name of the exact class (`type(x).__name__`), not the value."""

    name: str


@dataclass(frozen=True, slots=True)
class Symbol:
    """Claims an unknown integer plus an offset: the same name is the same integer in one world."""

    name: Hashable
    offset: int = 0


@dataclass(frozen=True, slots=True)
class Items:
    """Claims all items of a list, tuple, set, frozenset or deque, in order unless it is a set.

    `kind` is the built-in ancestor, `class_name` the exact class where it is another one (of a
    namedtuple, of a subclass of list).
    """

    kind: str
    items: tuple[Claim, ...]
    class_name: str | None = None
    address: Address | None = None


@dataclass(frozen=True, slots=True)
class Entries:
    """Claims all entries in order; `class_name` says Counter, defaultdict, OrderedDict."""

    entries: tuple[tuple[Claim, Claim], ...]
    class_name: str | None = None
    address: Address | None = None


@dataclass(frozen=True, slots=True)
class SomeItems:
    """Claims the kind, a lower bound of the length, what each item is, how it begins."""

    kind: str
    at_least: int = 0
    each: Claim = UNKNOWN
    first: tuple[Claim, ...] = ()
    class_name: str | None = None
    address: Address | None = None


@dataclass(frozen=True, slots=True)
class SomeEntries:
    """Claims a dict: a lower bound of its length, its keys and values, entries it certainly has.

    The keys of `certain` must be constants.
    """

    at_least: int = 0
    each_key: Claim = UNKNOWN
    each_value: Claim = UNKNOWN
    certain: tuple[tuple[Known, Claim], ...] = ()
    class_name: str | None = None
    address: Address | None = None


@dataclass(frozen=True, slots=True)
class Instance:
    """Claims an object's exact class and its own attributes; `exact`: there are no others.

    An exception's arguments are its attribute `args`, a member of an enum has `name` and `value`, a
    `functools.partial` has `func`, `args` and `keywords`.
    """

    class_name: str
    attributes: Mapping[str, Claim] = field(default_factory=dict)
    exact: bool = False
    address: Address | None = None


@dataclass(frozen=True, slots=True)
class Named:
    """Claims a "function", "class", "module" or "method" by its qualified name.

    Attributes are claimed of classes of the program only, as `vars(cls)` has them.
    """

    kind: str
    name: str
    attributes: Mapping[str, Claim] = field(default_factory=dict)
    address: Address | None = None


@dataclass(frozen=True, slots=True)
class Same:
    """Claims the object that has this address elsewhere in the world; for cycles."""

    address: Address


@dataclass(frozen=True, slots=True)
class OneOf:
    """Claims that at least one of the claims holds."""

    claims: tuple[Claim, ...]


Claim = (
    Unknown
    | Absent
    | Bound
    | Known
    | OfType
    | Symbol
    | Items
    | Entries
    | SomeItems
    | SomeEntries
    | Instance
    | Named
    | Same
    | OneOf
)


@dataclass(frozen=True, slots=True)
class World:
    """One possible state: claims about the frame's variables and about the module's globals.

    At module level `local` and `module` are the same names. Claims with the same address must be
    the same object; the addresses in `distinct` are certainly different objects.
    """

    local: Mapping[str, Claim] = field(default_factory=dict)
    module: Mapping[str, Claim] = field(default_factory=dict)
    distinct: frozenset[Address] = frozenset()


Worlds = Sequence[World]
Claims = Mapping[int, Worlds]

# Of a program's text; None where the reader gives up. A probe that is missing, or has no world, is
# claimed to be unreachable.
Reader = Callable[[str], Claims | None]

# Of a module's text: (qualified name, line of a statement) → the states in which that function can
# be just before that statement (a loop's header: before each round), whatever it was called with.
# Line 0 is a function's normal return, whose value is the local variable "return".
FunctionReader = Callable[[str], Mapping[tuple[str, int], Worlds] | None]
