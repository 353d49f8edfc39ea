"""Which file knows a dotted path."""

from __future__ import annotations

from importlib import import_module

import pytest

from rnninspect.reader.library.table import _FILES, find_constant, find_function


def test_a_function_is_found_by_its_path() -> None:
    assert find_function("math.ceil") is not None
    assert find_function("numpy.concatenate") is not None
    assert find_function("numpy.no_such_function") is None
    assert find_function("no_such_library.f") is None


def test_a_constant_that_is_not_known_is_another_unknown_each_time() -> None:
    assert find_constant("math.tau") > 6
    assert find_constant("sys.maxsize") is not find_constant("sys.maxsize")
    with pytest.raises(KeyError):
        find_constant("math.no_such_number")


@pytest.mark.parametrize("name", sorted(set(_FILES.values())))
def test_every_file_of_the_table_is_there(name: str) -> None:
    file = import_module(f"rnninspect.reader.library.{name}")
    assert all(callable(function) for function in file.FUNCTIONS.values())
