"""What the parts of the interpreter ask of each other, and what one reading remembers."""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple, Protocol

from rnninspect.diagnostics import Place
from rnninspect.reader.cells import ListCell, SetCell
from rnninspect.reader.control import Flow
from rnninspect.reader.record import Record
from rnninspect.reader.store import State, WriteLog
from rnninspect.reader.values import (
    ClassRef,
    DictRef,
    External,
    FrameRef,
    Function,
    InstanceRef,
    LayerRef,
    ListRef,
    ModuleValue,
    ObjectRef,
    ScopeRef,
    SetRef,
    Tensor,
    Value,
)

Args = Sequence[Value]
Kwargs = Mapping[str, Value]


class Ended(Exception):
    """The program cannot go on here: it raises, exits, or calls what does."""


class OutOfSteps(Exception):
    """The budget is spent."""


class Frame(NamedTuple):
    """The call that is being followed."""

    scope: ScopeRef
    path: str
    cell: int | None
    function: Function | None = None
    owner: ClassRef | None = None
    receiver: Value = None
    calls: tuple[object, ...] = ()
    """The calls that led here, outermost first, each with the iteration of its loop."""
    iterations: tuple[int, ...] = ()
    """The iterations of the loops in this frame, from 1."""
    depth: int = 0


class Attempt:
    """One evaluation of a statement: which of several outcomes of its calls it takes.

    A call that has several outcomes makes further attempts, each of which evaluates the statement
    from its start and takes another outcome; what was created before that is the same again.
    """

    __slots__ = (
        "alternatives",
        "base",
        "branches",
        "created",
        "next_choice",
        "next_created",
        "script",
    )

    def __init__(
        self,
        base: State | None = None,
        script: Sequence[tuple[State, Value]] = (),
        created: Sequence[Any] = (),
    ) -> None:
        self.base = base
        self.script = list(script)
        self.created = list(created)
        self.next_choice = 0
        self.next_created = 0
        self.branches = 0
        """How many unknown conditions were met in it."""
        self.alternatives: list[Attempt] = []


class Objects(Protocol):
    """What Keras, data and the modelled libraries do with their own values."""

    def call_keras(self, function: External, args: Args, kwargs: Kwargs, node: Any, /) -> Value:
        """Return what a call of one of Keras's names results in."""

    def call_on_tensors(
        self, function: External, args: Args, kwargs: Kwargs, node: Any, /
    ) -> Value:
        """Return what a library's function results in on symbolic tensors; None without one."""

    def use_layer(self, layer: Value, args: Args, kwargs: Kwargs, node: Any, /) -> Value:
        """Return the output of a layer or a model that is called."""

    def call_method_of_layer(
        self, value: Value, name: str, args: Args, kwargs: Kwargs, node: Any, /
    ) -> Value:
        """Return what a method of a layer, a model or an object of the program results in."""

    def call_method_of_data(
        self, value: Value, name: str, args: Args, kwargs: Kwargs, node: Any, /
    ) -> Value:
        """Return what a method of a tensor, an array, a table or a data set results in."""

    def call_method_of_object(
        self, ref: ObjectRef, name: str, args: Args, kwargs: Kwargs, node: Any, /
    ) -> Value:
        """Return what a method of a modelled object of a library results in."""

    def call_method_of_library(
        self, value: Any, name: str, args: Args, kwargs: Kwargs, node: Any, /
    ) -> Value:
        """Return what a method of any other object of a library results in."""

    def attribute_of_layer(self, value: Value, name: str, node: Any, /) -> Value:
        """Return an attribute of a layer or a model."""

    def attribute_of_data(self, value: Value, name: str, node: Any, /) -> Value:
        """Return an attribute of a tensor, an array, a table or a data set."""

    def attribute_of_object(self, ref: ObjectRef, name: str, node: Any, /) -> Value:
        """Return an attribute of a modelled object of a library."""

    def set_attribute_of_layer(self, value: Value, name: str, item: Value, /) -> None:
        """Set an attribute of a layer or a model."""

    def item_of_data(self, value: Value, key: Value, node: Any, /) -> Value:
        """Return ``value[key]`` of a tensor, an array or a table."""

    def set_column(self, ref: FrameRef, key: Value, item: Value, /) -> None:
        """Set a column of a table."""

    def binary_operation(self, name: str, left: Value, right: Value, node: Any, /) -> Value:
        """Return ``left operator right`` where one of them is a tensor, an array or a table."""

    def initialize(self, value: InstanceRef, args: Args, kwargs: Kwargs, node: Any, /) -> Value:
        """Call the constructor of the library's class from which an object's class derives."""

    def is_model_class(self, cls: ClassRef, /) -> bool:
        """Whether objects of a class are layers or models of Keras."""

    def is_layer_of(self, value: LayerRef, path: str, /) -> bool | None:
        """Whether a layer is an object of a class of a library; None where that is not known."""

    def check_unpacking(
        self, targets: Sequence[ast.expr], value: Value, items: list[Value] | None, /
    ) -> None:
        """Look at what is unpacked into several targets: not all of Keras's values can be."""

    def part_of_tensor(self, value: Tensor, number: int, /) -> Tensor:
        """Return what unpacking takes from a tensor."""


class Context(Objects, Protocol):
    """The interpreter, as its parts see it."""

    state: State
    frame: Frame
    attempt: Attempt
    record: Record
    logs: list[WriteLog]
    caught: int
    """How many ``try`` statements with handlers are open."""
    statement: ast.AST | None
    rounds_left: int
    """How many iterations of loops are still followed one by one."""
    active: list[object]
    """The functions that are being followed."""
    entered: set[int]
    """The nodes of the functions that were followed at least once."""
    objects_deep: int
    """How many layers and models of the program's own classes are being called."""

    def block(self, statements: Sequence[ast.stmt], states: list[State]) -> Flow:
        """Follow statements in order, from each of several states."""

    def limit(self, states: list[State], most: int | None = None) -> list[State]:
        """Return at most so many states that stand for all of them."""

    def limit_outcomes(self, outcomes: list[tuple[State, Value]]) -> list[tuple[State, Value]]:
        """Return a few states with their values that stand for all outcomes of a call."""

    loops_unknown: int
    """How many loops of unknown length are being followed."""

    def spend(self) -> None:
        """Take one step of the budget. Raises OutOfSteps."""

    def evaluate(self, node: ast.AST) -> Value:
        """Return the value of an expression in the present state."""

    def call(
        self, function: Value, args: Sequence[Value], kwargs: Mapping[str, Value], node: Any
    ) -> Value:
        """Call a value. Raises Ended."""

    def call_with_repeated(
        self, function: Value, name: str, kwargs: Mapping[str, Value], node: Any
    ) -> Value | None:
        """Return what comes of a layer's constructor that gets a keyword twice; None for others."""

    def call_unseen(self, values: Sequence[Value], reason: str) -> Value:
        """Return what code that is not followed may return, and open all it can reach."""

    def call_back(self, values: Sequence[Value], reason: str) -> None:
        """Open what a library may call back of what it is given: functions and objects."""

    def attribute(self, value: Value, name: str, node: Any) -> Value:
        """Return an attribute of a value."""

    def set_attribute(self, value: Value, name: str, item: Value) -> None:
        """Set an attribute of a value."""

    def item(self, value: Value, key: Value, node: Any) -> Value:
        """Return ``value[key]``."""

    def set_item(self, value: Value, key: Value, item: Value, node: Any) -> None:
        """Set ``value[key]``."""

    def binary(self, operator: ast.operator, left: Value, right: Value, node: Any) -> Value:
        """Return ``left operator right``."""

    def compare(self, operator: ast.cmpop, left: Value, right: Value, node: Any) -> Value:
        """Return ``left operator right``: a bool, or unresolved."""

    def assign(self, target: ast.AST, value: Value) -> None:
        """Bind a value to a target."""

    def binding_scope(self, name: str) -> ScopeRef:
        """Return the scope in which an assignment binds a name."""

    def was_bound(self, target: Any, value: Value) -> None:
        """Remember the variable that holds a model."""

    def attribute_was_set(self, owner: InstanceRef, name: str, item: Value) -> None:
        """Note that the program set an attribute of an object."""

    def bind_outside(self, name: str, value: Value) -> None:
        """Bind the name of a walrus: in a comprehension, that of the function around it."""

    def truth(self, value: Value, node: Any = None) -> bool | None:
        """Return whether a value is true; None where that is not known."""

    def decide(self, condition: Value) -> bool | None:
        """Return how an unknown condition was decided on this path; None if it was not."""

    def branch(self, condition: Value) -> bool | None:
        """Return whether a condition holds; an unknown one is followed both ways.

        None where there are too many paths already.
        """

    def once(self, work: Callable[[], list[tuple[State, Value]]]) -> Value:
        """Go on in one of the states that ``work`` leads to; the others become further attempts.

        When the statement is evaluated again, ``work`` is not done again. Raises Ended where it
        leads to none.
        """

    def create(self, factory: Callable[[], Any]) -> Any:
        """Return a new object: the same one when the statement is evaluated again."""

    def define_once(self, node: ast.AST, made: Any, parts: Any) -> Any:
        """Return a function or class of the module: the same one in states side by side."""

    def outcomes(self, state: State, work: Callable[[], Value]) -> list[tuple[State, Value]]:
        """Return every state and value to which an evaluation can lead."""

    def repeat(self, work: Callable[[], Value], reason: str) -> Value:
        """Evaluate something an unknown number of times; what all results have in common."""

    def new_list(self, items: Sequence[Value]) -> ListRef:
        """Return a new list."""

    def new_list_of(self, cell: ListCell) -> ListRef:
        """Return a new list with these contents."""

    def new_dict(self, items: Mapping[Any, Value]) -> DictRef:
        """Return a new dict."""

    def new_set(self, items: Sequence[Value]) -> SetRef:
        """Return a new set."""

    def new_set_of(self, cell: SetCell) -> SetRef:
        """Return a new set with these contents."""

    def module(self, name: str, level: int) -> ModuleValue | None:
        """Return a file of the checked tree, followed once; None for what is not in it."""

    def submodule(self, package: ModuleValue, name: str) -> ModuleValue | None:
        """Return a module inside a package of the tree."""

    def place(self, node: Any) -> Place:
        """Return where a node of the program is."""

    def not_followed(self, node: Any, reason: str) -> None:
        """Remember that something was not followed, where and why."""
