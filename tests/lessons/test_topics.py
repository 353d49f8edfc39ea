from __future__ import annotations

from pathlib import Path

import pytest

from rnninspect.errors import BadRequest
from rnninspect.lessons.rules import rule_page
from rnninspect.lessons.topics import bound_page, contents, page_of, topics
from rnninspect.rules.registry import rules


def test_a_rule_is_a_topic_by_its_code_and_its_name() -> None:
    assert page_of(["rnn101"]) == page_of(["sequence-dropped-too-early"]) == rule_page("RNN101")


def test_a_lesson_is_found_by_its_other_words() -> None:
    lesson = topics()["return-sequences"]
    assert page_of(["return_sequences"]) == page_of([lesson.name])
    for alias in lesson.aliases:
        assert page_of([alias]) == page_of([lesson.name])


def test_everything_is_listed() -> None:
    listed = contents()
    assert all(f"`{name}`" in listed for name in topics())
    assert all(f"- `{rule.code}` {rule.name}: {rule.summary}" in listed for rule in rules())


def test_an_unknown_topic_is_said_with_those_that_are_alike() -> None:
    with pytest.raises(BadRequest) as raised:
        page_of(["RNN10"])
    assert raised.value.hint.startswith("Did you mean RNN1")


def test_a_layer_of_a_model_has_its_own_numbers(samples: Path) -> None:
    path = str(samples / "lstm_stack.keras")
    assert "LSTM" in bound_page(path, "lstm")
    with pytest.raises(BadRequest, match="no layer 'none'"):
        bound_page(path, "none")
