"""Values of the program as declarations and calls of layers take them."""

from __future__ import annotations

import pytest

from rnninspect.ir.dims import Unknown
from rnninspect.ir.shape import Shape
from rnninspect.reader.cells import DictCell, ListCell
from rnninspect.reader.interpreter import Interpreter
from rnninspect.reader.keras.plain import holds_tensor, leaves, plain, structure, tensor_of
from rnninspect.reader.record import Record
from rnninspect.reader.values import Array, DictRef, External, ListRef, Tensor, Unresolved


@pytest.fixture
def reader() -> Interpreter:
    return Interpreter(Record())


def test_arguments_are_plain_data(reader: Interpreter) -> None:
    items = reader.new_list([1, (2, 3)])
    assert plain(reader, items) == (1, (2, 3))
    assert plain(reader, reader.new_dict({"a": items})) == {"a": (1, (2, 3))}
    assert plain(reader, "text") == "text"


def test_what_is_not_known_in_an_argument_is_unknown(reader: Interpreter) -> None:
    for value in (Unresolved("why"), Array(Shape.of(3)), External("keras.x")):
        assert isinstance(plain(reader, value), Unknown)
    opened = ListRef()
    reader.state.put(opened, ListCell.opened("why"))
    assert isinstance(plain(reader, opened), Unknown)
    first, second = plain(reader, (1, Unresolved("why")))
    assert first == 1
    assert isinstance(second, Unknown)


def test_tensors_keep_their_nesting(reader: Interpreter) -> None:
    x, y = Tensor(Shape.of(None, 3)), Tensor(Shape.of(None, 4))
    nested = reader.new_list([x, (y, x)])
    assert structure(reader, nested) == [x, [y, x]]
    assert list(leaves(structure(reader, nested))) == [x, y, x]


def test_an_unknown_value_is_the_same_tensor_each_time(reader: Interpreter) -> None:
    value = Unresolved("why")
    assert tensor_of(value) is tensor_of(value)
    summary = Unresolved("why", is_summary=True)
    assert tensor_of(summary) is not tensor_of(summary)


def test_a_list_of_unknown_length_is_an_unknown_tensor(reader: Interpreter) -> None:
    ref = DictRef()
    reader.state.put(ref, DictCell.opened("why"))
    found = structure(reader, ref)
    assert isinstance(found, Tensor)
    assert found.shape.dims is None


def test_tensors_are_found_in_containers(reader: Interpreter) -> None:
    x = Tensor(Shape.of(None, 3))
    for value in (x, (1, x), reader.new_list([1, x]), reader.new_dict({"k": x})):
        assert holds_tensor(reader, [value])
    assert not holds_tensor(reader, [1, (1, 2), reader.new_list(["a"]), Array(Shape.of(3))])
