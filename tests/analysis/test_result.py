"""What a row and an analysis say about themselves."""

from __future__ import annotations

from pathlib import Path

from rnninspect.analysis.analyse import analyse
from rnninspect.analysis.result import Analysis
from rnninspect.sources.read import read


def analysis_of(samples: Path, name: str) -> Analysis:
    return analyse(read(str(samples / f"{name}.keras")).models[0])


def test_a_stack_is_linear_and_a_graph_is_not(samples: Path) -> None:
    assert analysis_of(samples, "gru_stack").is_linear
    assert not analysis_of(samples, "encoder_decoder").is_linear


def test_an_analysis_is_complete_only_if_every_row_is(samples: Path) -> None:
    custom = analysis_of(samples, "custom_layer")
    assert [row.is_complete for row in custom.layers] == [True, False, True]
    assert not custom.is_complete
    assert analysis_of(samples, "gru_stack").is_complete


def test_what_does_not_train_is_the_rest_of_the_count(samples: Path) -> None:
    row = analysis_of(samples, "gru_stack").layers[0]
    assert row.non_trainable_params == 0
    assert row._replace(trainable_params=100).non_trainable_params == 1152 - 100
    assert row._replace(trainable_params=None).non_trainable_params is None
