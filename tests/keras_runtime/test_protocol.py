"""One line of JSON each way; what a child answers is checked before it is believed."""

from __future__ import annotations

import json

import pytest

from rnninspect.json_values import Json, Malformed
from rnninspect.keras_runtime.protocol import (
    BuildRecipe,
    Failed,
    ImportAttribute,
    LiveModel,
    LoadConfig,
    LoadFile,
    Problem,
    Reply,
    Request,
    parse_reply,
    parse_request,
    write_reply,
    write_request,
)
from rnninspect.sources.keras_summary import KerasRow, KerasSummary
from rnninspect.sources.models import StoredTensor
from rnninspect.sources.recipe_types import Recipe

RECIPE: Recipe = {
    "name": "m",
    "class_name": "Sequential",
    "inputs": [],
    "layers": {},
    "nodes": [],
    "outputs": None,
}
SUMMARY = KerasSummary(
    "keras 3", "m", (KerasRow("a", "Dense", [None, 2], 3, 3, (KerasRow("b", "X", None, 0, 0),)),), 3
)
REPLIES: list[Reply] = [
    SUMMARY,
    LiveModel({"class_name": "X"}, (StoredTensor("a/kernel", (2, 3), "float32"),), "3.1", SUMMARY),
    Failed(Problem.REJECTED, "ValueError: no\nmore", engine="keras 3", node=2),
    Failed(Problem.MISSING, "there is no module 'x'", hint="Look."),
]


@pytest.mark.parametrize(
    "request_",
    [
        LoadFile("m.keras", trust=True),
        LoadConfig({"class_name": "Sequential"}, save_to="m.h5"),
        BuildRecipe(RECIPE),
        ImportAttribute("package.module", "a.b"),
    ],
    ids=lambda request: type(request).__name__,
)
def test_a_request_arrives_as_it_was_sent(request_: Request) -> None:
    line = write_request(request_)
    assert "\n" not in line
    assert parse_request(line) == request_
    assert type(parse_request(line)) is type(request_)


@pytest.mark.parametrize("reply", REPLIES, ids=lambda reply: type(reply).__name__)
def test_a_reply_arrives_as_it_was_sent(reply: Reply) -> None:
    line = write_reply(reply)
    assert "\n" not in line
    assert parse_reply(line) == reply
    assert type(parse_reply(line)) is type(reply)


def changed(reply: Reply, **changes: Json) -> str:
    return json.dumps({**json.loads(write_reply(reply)), **changes})


@pytest.mark.parametrize(
    "line",
    [
        "",
        "nothing",
        "[]",
        "[" * 100_000,
        "{}",
        changed(SUMMARY, kind="Other"),
        changed(SUMMARY, engine=3),
        changed(SUMMARY, params=-1),
        changed(SUMMARY, params=True),
        changed(SUMMARY, rows=None),
        changed(SUMMARY, rows=[{"name": "a"}]),
        changed(REPLIES[1], config=[]),
        changed(REPLIES[1], weights=[["a", [2]]]),
        changed(REPLIES[1], weights=[["a", [None], "float32"]]),
        changed(REPLIES[1], summary={}),
        changed(REPLIES[2], problem="another"),
        changed(REPLIES[2], message=None),
        changed(REPLIES[2], node="1"),
    ],
)
def test_a_reply_of_another_type_is_malformed(line: str) -> None:
    with pytest.raises(Malformed):
        parse_reply(line)


def test_the_line_of_a_failure_is_its_first_and_short() -> None:
    assert Failed(Problem.REJECTED, "\n  ValueError: no \nmore").line == "ValueError: no"
    assert Failed(Problem.REJECTED, "x" * 1000).line == "x" * 500
    assert Failed(Problem.REJECTED, "").line == ""
