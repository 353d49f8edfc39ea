"""The interpreter is what its parts ask for."""

from __future__ import annotations

from rnninspect.reader.context import Attempt, Context, Frame, Objects
from rnninspect.reader.interpreter import Interpreter
from rnninspect.reader.record import Record
from rnninspect.reader.values import ScopeRef


def asked_of(protocol: type) -> set[str]:
    return {
        name
        for cls in protocol.__mro__
        for name in (*vars(cls), *getattr(cls, "__annotations__", {}))
        if not name.startswith("_")
    }


def test_an_interpreter_has_what_its_parts_ask_for() -> None:
    reader: Context = Interpreter(Record())
    asked = asked_of(Context)
    assert {"evaluate", "state", "call_keras"} <= asked
    assert asked_of(Objects) < asked
    assert {name for name in asked if not hasattr(reader, name)} == set()


def test_an_attempt_begins_with_what_it_repeats() -> None:
    created = ["made"]
    attempt = Attempt(None, (), created)
    attempt.created.append("new")
    assert created == ["made"]
    assert (attempt.next_choice, attempt.next_created, attempt.alternatives) == (0, 0, [])


def test_a_frame_is_replaced_as_a_whole() -> None:
    frame = Frame(ScopeRef(path="a.py"), "a.py", None)
    deeper = frame._replace(iterations=(1, 2), depth=1)
    assert (frame.iterations, deeper.iterations, deeper.path) == ((), (1, 2), "a.py")
