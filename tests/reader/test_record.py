"""What one reading remembers."""

from __future__ import annotations

from rnninspect.diagnostics import Place
from rnninspect.reader.record import Binding, Record
from rnninspect.reader.values import SequentialRef
from tests.reader.following import program_of


def test_what_is_not_followed_is_told_once_for_each_place_and_reason() -> None:
    record = Record()
    for line, reason in ((1, "a"), (1, "a"), (2, "a"), (1, "b")):
        record.note_not_followed(Place("p.py", line), reason)
    assert [(one.place.line, one.reason) for one in record.not_followed.values()] == [
        (1, "a"),
        (2, "a"),
        (1, "b"),
    ]


def test_the_variable_of_the_outermost_scope_names_a_model() -> None:
    record, identity = Record(), object()
    for name, depth in (("inner", 2), ("m", 0), ("other", 0), ("deep", 5)):
        record.bind(identity, Binding(name, f"{name} = f()", Place(), depth))
    assert record.bindings[identity].name == "m"


def test_models_are_in_the_order_in_which_they_were_made() -> None:
    record = Record()
    refs = [SequentialRef(str(number), Place(), number) for number in range(3)]
    for ref in (*refs, refs[0]):
        record.add_model(ref)
    assert list(record.models) == refs


def test_a_rejection_in_a_loop_is_told_once() -> None:
    text = "for n in range(3):\n    LSTM(4)(LSTM(4)(Input((3, 2))))"
    assert len(program_of(text).rejected) == 1
