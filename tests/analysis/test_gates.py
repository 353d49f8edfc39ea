"""A recurrent layer's count by gate and weight."""

from __future__ import annotations

from pathlib import Path

from rnninspect.analysis.analyse import analyse
from rnninspect.analysis.gates import GateSplit, gate_splits
from rnninspect.sources.read import read


def splits(samples: Path, name: str) -> list[GateSplit]:
    return list(gate_splits(analyse(read(str(samples / f"{name}.keras")).models[0]).layers))


def values(split: GateSplit) -> dict[str, tuple[int | None, ...]]:
    lines = (*split.gates, split.total)
    return {line.gate: (*(dim.value for dim in line.counts), line.total.value) for line in lines}


def test_an_lstm_has_four_equal_gates(samples: Path) -> None:
    """Each gate: kernel 6·16, recurrent kernel 16·16, bias 16: a SimpleRNN of 368."""
    first = splits(samples, "lstm_stack")[0]
    assert first.weights == ("kernel", "recurrent_kernel", "bias")
    gate = (96, 256, 16, 368)
    assert values(first) == {
        "input": gate,
        "forget": gate,
        "cell": gate,
        "output": gate,
        "all": (384, 1024, 64, 1472),
    }


def test_a_gru_has_three_and_two_biases_each(samples: Path) -> None:
    first = splits(samples, "gru_stack")[0]
    assert list(values(first)) == ["update", "reset", "candidate", "all"]
    assert values(first)["all"] == (288, 768, 96, 1152)


def test_a_simple_rnn_has_no_gates_but_a_sum(samples: Path) -> None:
    assert values(splits(samples, "simple_rnn_stack")[0]) == {"all": (96, 256, 16, 368)}


def test_both_directions_have_their_own(samples: Path) -> None:
    owners = [split.owner for split in splits(samples, "bidirectional_tagger")]
    assert owners == ["forward_layer", "backward_layer"]


def test_a_convolutional_lstm_splits_as_well(samples: Path) -> None:
    """Each gate: 3·3·1·4 + 3·3·4·4 + 4 = 36 + 144 + 4."""
    assert values(splits(samples, "conv_lstm")[0])["cell"] == (36, 144, 4, 184)
