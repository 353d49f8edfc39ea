from __future__ import annotations

import collections
import enum
import random
from dataclasses import replace
from typing import Any

import pytest

from tests.reader.soundness.check import find_mismatches
from tests.reader.soundness.claims import (
    ABSENT,
    UNKNOWN,
    Bound,
    Claim,
    Entries,
    Instance,
    Items,
    Known,
    Named,
    OfType,
    OneOf,
    Same,
    SomeEntries,
    SomeItems,
    Symbol,
    World,
)
from tests.reader.soundness.execution import execute_code
from tests.reader.soundness.generator.repair import write_living_program
from tests.reader.soundness.snapshot import Snapshot, take_snapshot
from tests.reader.soundness.toys import describe

Point = collections.namedtuple("Point", "x y")


class Color(enum.Enum):
    RED = 1


class Box:
    limit = 3

    def __init__(self, **attributes: object) -> None:
        self.__dict__.update(attributes)


def holds(claim: Claim, value: object) -> bool:
    state = take_snapshot(None, {"x": value}, __name__)
    return not find_mismatches([World(module={"x": claim})], state)


def ints(*numbers: int) -> tuple[Claim, ...]:
    return tuple(map(Known, numbers))


@pytest.mark.parametrize(
    ("claim", "value"),
    [
        (UNKNOWN, [1]),
        (Bound(), None),
        (Known(1), 1),
        (Known(None), None),
        (Known(-0.0), -0.0),
        (Known(float("nan")), float("nan")),
        (Known((1, ("a",))), (1, ("a",))),
        (OfType("str"), "abc"),
        (OfType("list"), []),
        (OfType("Box"), Box()),
        (OfType("type"), Box),
        (OfType("type"), int),
        (Symbol("n"), 7),
        (Items("list", ints(1, 2)), [1, 2]),
        (Items("tuple", (Symbol("n"), Symbol("n", 1))), (4, 5)),
        (Items("tuple", ints(1, 2), "Point"), Point(1, 2)),
        (Items("set", ints(2, 1)), {1, 2}),
        (Items("set", (OfType("int"), Known("a"))), {"a", 3}),
        (Items("set", ()), set()),
        (Items("set", (UNKNOWN,) * 9), set(range(9))),
        (Items("deque", ints(1)), collections.deque([1])),
        (Entries(((Known("a"), Known(1)),)), {"a": 1}),
        (Entries(((Known("a"), Known(2)),), "Counter"), collections.Counter("aa")),
        (SomeItems("list", 1, OfType("int")), [1, 2]),
        (SomeItems("list", 0, OfType("int")), []),
        (SomeItems("list", 2, first=ints(1)), [1, "b", None]),
        (SomeEntries(1, OfType("str"), Known(0)), {"a": 0, "b": 0}),
        (SomeEntries(0, certain=((Known("a"), Known(1)),)), {"b": 2, "a": 1}),
        (Instance("Box", {"a": Known(1)}), Box(a=1, b=2)),
        (Instance("Box", {"a": Known(1), "b": ABSENT}, True), Box(a=1)),
        (Instance("Color", {"name": Known("RED"), "value": Known(1)}), Color.RED),
        (Instance("KeyError", {"args": Items("tuple", ints(1))}), KeyError(1)),
        (Named("function", "holds"), holds),
        (Named("function", "len"), len),
        (Named("class", "int"), int),
        (Named("class", "Box", {"limit": Known(3)}), Box),
        (Named("module", "random"), random),
        (OneOf((Known(1), Known(2))), 2),
        (OneOf((Items("list", ints(1)), SomeItems("list", 2))), [1, 2, 3]),
    ],
)
def test_a_claim_holds(claim: Claim, value: object) -> None:
    assert holds(claim, value)


@pytest.mark.parametrize(
    ("claim", "value"),
    [
        (Known(1), 2),
        (Known(1), True),
        (Known(1), 1.0),
        (Known(0.0), -0.0),
        (Known("1"), 1),
        (Known(None), 0),
        (Known((1,)), [1]),
        (Known((1,)), Point(1, 2)),
        (ABSENT, 1),
        (OfType("int"), True),
        (OfType("type"), Box()),
        (Symbol("n"), "n"),
        (Symbol("n"), True),
        (Items("list", ()), [1]),
        (Items("list", ints(1, 2)), [2, 1]),
        (Items("list", ints(1)), (1,)),
        (Items("tuple", (Symbol("n"), Symbol("n", 1))), (4, 6)),
        (Items("tuple", ints(1, 2)), Point(1, 2)),
        (Items("set", ints(1)), {1, 2}),
        (Items("set", ints(1, 3)), {1, 2}),
        (Items("set", (OfType("int"), OfType("int"))), {"a", 3}),
        (Items("set", ints(1)), frozenset({1})),
        (Items("list", ints(1)), collections.deque([1])),
        (Entries(()), {"a": 1}),
        (Entries(((Known("a"), Known(1)), (Known("b"), Known(2)))), {"b": 2, "a": 1}),
        (Entries(((Known("a"), Known(1)),)), {"a": 2}),
        (Entries(()), collections.Counter()),
        (SomeItems("list", 3), [1, 2]),
        (SomeItems("list", 0, OfType("int")), [1, "a"]),
        (SomeItems("list", 0, first=ints(2)), [1]),
        (SomeItems("list", 0, first=ints(1, 2)), [1]),
        (SomeEntries(0, certain=((Known("a"), Known(1)),)), {}),
        (SomeEntries(0, certain=((Known("a"), Known(1)),)), {"a": 2}),
        (SomeEntries(0, OfType("str")), {1: 1}),
        (SomeEntries(0, each_value=Known(0)), {1: 1}),
        (SomeEntries(2), {1: 1}),
        (Instance("Box", {"a": Known(1)}), Box(a=2)),
        (Instance("Box", {"a": Known(1)}), Box()),
        (Instance("Box", {"a": UNKNOWN}, True), Box(a=1, b=1)),
        (Instance("Box", {"b": ABSENT}), Box(b=1)),
        (Instance("Box"), Color.RED),
        (Instance("Box"), Box),
        (Named("function", "f"), holds),
        (Named("class", "Box", {"limit": Known(4)}), Box),
        (OneOf((Known(1), Known(2))), 3),
        (OneOf(()), 3),
    ],
)
def test_a_wrong_claim_is_found(claim: Claim, value: object) -> None:
    assert not holds(claim, value)


def both(first: Claim, second: Claim, distinct: frozenset[str] = frozenset()) -> World:
    return World(module={"a": first, "b": second}, distinct=distinct)


def test_the_same_address_is_the_same_object() -> None:
    shared: list[int] = []
    claim = Items("list", (), address="here")
    world = both(claim, claim)
    assert not find_mismatches([world], take_snapshot(None, {"a": shared, "b": shared}))
    assert find_mismatches([world], take_snapshot(None, {"a": [], "b": []}))


def test_distinct_addresses_are_different_objects() -> None:
    shared: list[int] = []
    one, other = Items("list", (), address="one"), Items("list", (), address="other")
    aliases = take_snapshot(None, {"a": shared, "b": shared})
    assert not find_mismatches([both(one, other)], aliases)
    assert find_mismatches([both(one, other, frozenset({"one", "other"}))], aliases)


def test_a_cycle_is_claimed_by_address() -> None:
    cycle: list[Any] = [1]
    cycle.append(cycle)
    claim = Items("list", (Known(1), Same("here")), address="here")
    world = World(module={"x": claim})
    assert not find_mismatches([world], take_snapshot(None, {"x": cycle}))
    assert find_mismatches([world], take_snapshot(None, {"x": [1, [1, cycle]]}))


def test_claims_of_a_world_hold_jointly() -> None:
    worlds = [both(Known(1), Known("one")), both(Known(2), Known("two"))]
    assert not find_mismatches(worlds, take_snapshot(None, {"a": 2, "b": "two"}))
    assert find_mismatches(worlds, take_snapshot(None, {"a": 1, "b": "two"}))


def test_alternatives_agree_with_the_other_claims_of_the_world() -> None:
    either = OneOf((Items("list", (), address="p"), Items("list", (), address="q")))
    world = World(module={"a": either, "b": Items("list", (), address="p"), "c": either})
    one: list[int] = []
    assert not find_mismatches([world], take_snapshot(None, {"a": [], "b": one, "c": one}))


def test_a_point_without_a_world_is_claimed_unreachable() -> None:
    (mismatch,) = find_mismatches([], take_snapshot(None, {}))
    assert mismatch.claim is None


def test_an_unbound_name_is_no_known_value() -> None:
    state = take_snapshot({"x": 1}, {"y": 2})
    assert not find_mismatches([World({"y": ABSENT}, {"y": Known(2)})], state)
    assert find_mismatches([World({"y": Known(2)})], state)
    assert find_mismatches([World({"z": Bound()})], state)


def test_the_nearest_world_comes_first_in_the_explanation() -> None:
    far = World(module={"a": Known(9), "b": Known(9)})
    near = World(module={"b": Known(9), "a": Known(1)})
    state = take_snapshot(None, {"a": 1, "b": [2, "c"]})
    first, _ = find_mismatches([far, near], state)
    assert (first.variable, first.actual, first.checked) == ("global b", "[2, 'c']", 1)


def test_what_is_too_big_is_cut_and_then_nothing_is_held_against_a_claim() -> None:
    deep = [[i] for i in range(5_000)]
    state = take_snapshot(None, {"x": deep, "n": 1})
    assert not find_mismatches([World(module={"x": SomeItems("list", 5_000)})], state)
    assert find_mismatches([World(module={"x": SomeItems("list", 5_001)})], state)


def test_nothing_of_the_program_runs_when_its_state_is_taken() -> None:
    class Trap(list[Any]):
        def __getattribute__(self, name: str) -> Any:
            raise AssertionError(name)

        def __iter__(self) -> Any:
            raise AssertionError

        def __repr__(self) -> str:
            raise AssertionError

    assert take_snapshot(None, {"x": Trap([1])}, __name__).objects[0].items == (("int", 1),)


def corrupt(claim: Claim, rng: random.Random) -> Claim | None:
    """Return a claim that is wrong of the value that the given one describes."""
    match claim:
        case Known(value):
            return Known("other" if value != "other" else 1)
        case Items(_, items, _, _) if items and (wrong := corrupt(items[0], rng)):
            return replace(claim, items=(wrong, *items[1:]))
        case Items():
            return replace(claim, items=(*claim.items, Known("more")))
        case Entries(entries, _, _):
            return replace(claim, entries=entries[:-1] if entries else ((UNKNOWN, UNKNOWN),))
        case Instance():
            return replace(claim, class_name=claim.class_name + "2")
        case Named():
            return replace(claim, name=claim.name + "2")
    return None


def states(seeds: range) -> list[Snapshot]:
    return [
        state
        for seed in seeds
        for _, state, _ in execute_code(write_living_program(seed)[1], seed, 1).by_point()
    ]


def test_complete_descriptions_hold_and_one_wrong_word_is_found() -> None:
    """What is described from a state holds in it; with any one variable changed it does not."""
    rng = random.Random(1)
    changed = 0
    for state in states(range(500, 530)):
        world = describe(state)
        assert not find_mismatches([world], state)
        for name, claim in world.module.items():
            wrong = corrupt(claim, rng)
            if wrong is not None:
                changed += 1
                assert find_mismatches([replace(world, module={name: wrong})], state), (name, wrong)
    assert changed > 500
