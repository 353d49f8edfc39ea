"""Random recurrent layers and cells, built by real Keras; random models are made of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol, TypeVar

T = TypeVar("T")


class Chooser(Protocol):
    """Where choices come from: Hypothesis or a seeded random generator."""

    def choice(self, options: Sequence[T]) -> T: ...
    def integer(self, low: int, high: int) -> int: ...


def coin(choose: Chooser) -> bool:
    return choose.choice([True, False])


def recurrent_arguments(choose: Chooser, kind: str) -> dict[str, Any]:
    arguments: dict[str, Any] = {
        "units": choose.integer(1, 9),
        "use_bias": coin(choose),
        "go_backwards": coin(choose),
        "trainable": choose.choice([True, True, False]),
        "dropout": choose.choice([0.0, 0.3]),
        "dtype": choose.choice([None, None, "float64", "mixed_float16", "float16"]),
    }
    if kind == "GRU":
        arguments["reset_after"] = coin(choose)
    return arguments


def recurrent(L: Any, choose: Chooser, sequences: bool, states: bool = False) -> Any:
    kind = choose.choice(["SimpleRNN", "LSTM", "GRU"])
    return getattr(L, kind)(
        **recurrent_arguments(choose, kind), return_sequences=sequences, return_state=states
    )


def cell(L: Any, choose: Chooser) -> Any:
    kind = choose.choice(["SimpleRNN", "LSTM", "GRU"])
    arguments = recurrent_arguments(choose, kind)
    del arguments["go_backwards"]
    return getattr(L, f"{kind}Cell")(**arguments)


def cells(L: Any, choose: Chooser) -> Any:
    number = choose.integer(1, 3)
    made = [cell(L, choose) for _ in range(number)]
    form = choose.choice(["one", "list", "stacked"])
    if form == "one":
        return made[0]
    return made if form == "list" else L.StackedRNNCells(made)


def bidirectional(L: Any, choose: Chooser, sequences: bool) -> Any:
    layer = recurrent(L, choose, sequences)
    backward = None
    if coin(choose):
        config = layer.get_config()
        config.pop("name")
        config["go_backwards"] = not config["go_backwards"]
        backward = type(layer).from_config(config)
    elif layer.get_config()["go_backwards"]:
        config = layer.get_config()
        config["go_backwards"] = False
        layer = type(layer).from_config(config)
    merge = choose.choice(["concat", "sum", "ave", "mul"])
    return L.Bidirectional(
        layer, merge_mode=merge, backward_layer=backward, trainable=choose.choice([True, False])
    )


def recurrent_forward(L: Any, choose: Chooser) -> Any:
    layer = recurrent(L, choose, True)
    config = layer.get_config()
    config["go_backwards"] = False
    return type(layer).from_config(config)
