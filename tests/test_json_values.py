"""Values whose type is checked before it is believed."""

from __future__ import annotations

import pytest

from rnninspect.json_values import (
    Json,
    Malformed,
    expect_count,
    expect_list,
    expect_object,
    expect_text,
)


def test_values_of_the_expected_type_are_returned() -> None:
    assert expect_object({"a": 1}) == {"a": 1}
    assert expect_list([1, "a"]) == [1, "a"]
    assert expect_text("a") == "a"
    assert (expect_count(0), expect_count(7), expect_count(None)) == (0, 7, None)


@pytest.mark.parametrize("value", [None, [], "a", 1])
def test_only_objects_are_objects(value: Json) -> None:
    with pytest.raises(Malformed, match="expected an object, found"):
        expect_object(value)


@pytest.mark.parametrize("value", [None, {}, "abc", 1])
def test_only_lists_are_lists(value: Json) -> None:
    with pytest.raises(Malformed, match="expected a list, found"):
        expect_list(value)


@pytest.mark.parametrize("value", [None, {}, ["a"], 1])
def test_only_strings_are_strings(value: Json) -> None:
    with pytest.raises(Malformed, match="expected a string, found"):
        expect_text(value)


@pytest.mark.parametrize("value", [-1, True, 1.0, "1", []])
def test_only_numbers_of_things_are_counts(value: Json) -> None:
    with pytest.raises(Malformed, match="expected a count or null, found"):
        expect_count(value)
