"""States: forks, journals, logs, and what escapes."""

from __future__ import annotations

import ast

import pytest

from rnninspect.reader.cells import DictCell, ListCell
from rnninspect.reader.interpreter import Interpreter
from rnninspect.reader.record import Record
from rnninspect.reader.store import ABSENT, State, WriteLog, holds_mutable, parts_of
from rnninspect.reader.values import (
    BoundMethod,
    DictRef,
    Function,
    ListRef,
    Partial,
    ScopeRef,
    Unresolved,
)


def new_state() -> tuple[State, ScopeRef]:
    state = Interpreter(Record()).state
    scope = ScopeRef(path="p.py")
    state.new_names(scope, {"a": 1})
    return state, scope


def a_function(text: str, scope: ScopeRef) -> Function:
    node = ast.parse(text).body[0]
    assert isinstance(node, ast.FunctionDef)
    return Function(node, scope, node.name, {}, "p.py", None)


def test_a_fork_does_not_see_what_the_other_writes() -> None:
    state, scope = new_state()
    other = state.forked()
    state.set_name(scope, "a", 2)
    other.set_name(scope, "b", 3)
    assert state.names(scope).values == {"a": 2}
    assert other.names(scope).values == {"a": 1, "b": 3}


def test_a_journal_is_undone() -> None:
    state, scope = new_state()
    ref = ListRef()
    state.put(ref, ListCell((1,)))
    state.journal = []
    state.set_name(scope, "a", 2)
    state.set_name(scope, "b", 2)
    state.put(ref, ListCell((1, 2)))
    state.delete_name(scope, "a")
    before = state.rewound()
    assert before.names(scope).values == {"a": 1}
    assert before.get(ref) == ListCell((1,))
    assert state.get(ref) == ListCell((1, 2))


def test_a_log_has_the_values_before_and_after() -> None:
    state, scope = new_state()
    log = WriteLog()
    state.logs.append(log)
    state.set_name(scope, "a", 2)
    state.set_name(scope, "n", 3)
    state.delete_name(scope, "a")
    assert log.names[scope, "a"] == [1, 2, ABSENT]
    assert log.names[scope, "n"] == [ABSENT, 3]


def test_everything_that_can_be_reached_escapes() -> None:
    state, _ = new_state()
    outer, middle, inner, other = ListRef(), DictRef(), ListRef(), ListRef()
    state.put(inner, ListCell((1,)))
    state.put(other, ListCell((2,)))
    state.put(middle, DictCell({"k": (inner,)}))
    state.put(outer, ListCell((middle,)))
    state.escape((outer,), "why")
    assert [state.get(ref).is_open for ref in (outer, middle, inner, other)] == [True] * 3 + [False]


def test_a_function_that_escapes_opens_what_it_assigns() -> None:
    state, scope = new_state()
    state.set_name(scope, "kept", 5)
    state.escape(a_function("def f():\n    global a\n    a = kept", scope), "why")
    assert isinstance(state.names(scope).values["a"], Unresolved)
    assert state.names(scope).values["kept"] == 5
    state.set_name(scope, "a", 7)
    assert isinstance(state.names(scope).values["a"], Unresolved)


def test_what_a_watched_name_gets_escapes() -> None:
    state, scope = new_state()
    state.escape(a_function("def f():\n    a.append(1)", scope), "why")
    ref = ListRef()
    state.put(ref, ListCell())
    state.set_name(scope, "a", ref)
    assert state.get(ref).is_open


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (1, False),
        ((1, "a"), False),
        ((1, (ListRef(),)), True),
        (BoundMethod(None, ListRef()), True),
        (Partial(None, (1,), {"k": DictRef()}), True),
        (Unresolved("why"), False),
    ],
)
def test_what_can_be_changed_in_place_is_found(value: object, expected: bool) -> None:
    assert holds_mutable(value) is expected


def test_the_parts_of_a_value() -> None:
    ref = ListRef()
    assert list(parts_of((1, ref))) == [1, ref]
    assert list(parts_of(Partial(2, (3,), {"k": 4}))) == [2, 3, 4]
    assert list(parts_of("text")) == []
