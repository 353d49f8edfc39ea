from __future__ import annotations

from rnninspect.lessons.compare import side_by_side
from rnninspect.lessons.rows import row_of

VALUES = {"units": 16, "features": 6, "timesteps": 20}


def page(*layers: str, language: str = "en") -> list[str]:
    rows = [
        (name, row_of(f"{name}(units) on (timesteps, features)", VALUES))
        if name != "Flatten"
        else (name, row_of("Flatten() on (timesteps, features)", VALUES))
        for name in layers
    ]
    return side_by_side(rows, VALUES, language).splitlines()


def test_ratios_are_those_to_the_first_layer() -> None:
    # (6 + 16 + 1) × 16 = 368; 4 × 368 = 1,472; 3 × (6 + 16 + 2) × 16 = 1,152 = 3.13 × 368
    lines = page("SimpleRNN", "LSTM", "GRU")
    assert "| parameters | 368 | 1,472 | 1,152 |" in lines
    assert "| ratio | 1 × | 4 × | 3.13 × |" in lines
    assert "| ratio | 1 × | 0.25 × |" in page("LSTM", "SimpleRNN")


def test_without_parameters_in_the_first_layer_there_are_no_ratios() -> None:
    lines = page("Flatten", "LSTM")
    assert "| parameters | 0 | 1,472 |" in lines
    assert not any(line.startswith("| ratio") for line in lines)


def test_only_the_layers_shown_are_explained_and_linked() -> None:
    text = "\n".join(page("SimpleRNN", "LSTM"))
    assert "**LSTM** has four blocks" in text and "**GRU**" not in text
    assert "Next: `rnninspect explain SimpleRNN`, `rnninspect explain LSTM`." in text


def test_titles_are_translated_and_numbers_are_not() -> None:
    lines = page("SimpleRNN", "LSTM", language="ko")
    assert "| 파라미터 | 368 | 1,472 |" in lines
    assert not any("side by side" in line for line in lines)
