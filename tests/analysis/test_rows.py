"""The rows of a model, and of a layer outside a model."""

from __future__ import annotations

from pathlib import Path

from rnninspect.analysis.analyse import analyse
from rnninspect.analysis.result import Analysis
from rnninspect.analysis.rows import row_from, rows_of
from rnninspect.ir.operation import Call
from rnninspect.ir.shape import Shape
from rnninspect.layers.core import Dense
from rnninspect.sources.read import read


def analysis_of(samples: Path, name: str) -> Analysis:
    return analyse(read(str(samples / f"{name}.keras")).models[0])


def test_nested_rows_and_their_paths(samples: Path) -> None:
    tagger = analysis_of(samples, "bidirectional_tagger")
    (forward, backward) = tagger.layers[2].children
    assert forward.class_name == backward.class_name == "LSTM"
    assert forward.parameters.value == backward.parameters.value == 1392
    paths = [owned.path for owned in tagger.layers[2].weights]
    assert paths == [
        f"{side}/{name}"
        for side in ("forward_layer", "backward_layer")
        for name in ("kernel", "recurrent_kernel", "bias")
    ]


def test_rows_say_what_they_are_connected_to_and_leave_out_input_layers(samples: Path) -> None:
    model = read(str(samples / "gru_stack.keras")).models[0]
    rows = list(rows_of(model, model.reference, None, ""))
    names = [row.name for row in rows]
    assert [row.inbound for row in rows[1:]] == [(name,) for name in names[:-1]]
    assert [row.class_name for row in rows] == ["GRU", "GRU", "Dense"]


def test_a_layer_outside_a_model_has_a_row_without_connections() -> None:
    """(6 + 1) × 3 parameters, 4 bytes each."""
    row = row_from("d", Dense(units=3).apply(Call.on(Shape.of(None, 6))))
    assert (row.name, row.parameters.value, row.bytes) == ("d", 21, 84)
    assert row.inbound == row.connections == ()
