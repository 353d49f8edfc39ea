from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from markdown_it import MarkdownIt

import rnninspect
from rnninspect.render.markdown import to_markdown


def document(
    source: Any, *, compare: Any = "none", expand: bool = True, gates: bool = False
) -> str:
    return to_markdown(rnninspect.inspect(source, compare=compare), expand=expand, gates=gates)


def cells(text: str) -> list[list[str]]:
    """Return the cells of the tables as a Markdown parser reads them."""
    html = MarkdownIt("commonmark").enable("table").render(text)
    rows = re.findall(r"<tr>(.*?)</tr>", html, re.S)
    return [re.sub(r"<[^>]+>", "", row).strip().split("\n") for row in rows]


def test_a_model_is_a_heading_a_table_and_its_totals(samples: Path) -> None:
    text = document(str(samples / "simple_rnn_stack.keras"), compare="stored")
    lines = text.splitlines()
    assert lines[0] == "### `simple_rnn_stack` (Sequential)"
    assert cells(text)[1] == [
        "simple_rnn (SimpleRNN)",
        "(None, 20, 16)",
        "368",
        "(6 + 16 + 1) × 16",
    ]
    assert "- **Total params: 1,969** (7.69 KB)" in lines
    assert lines[-1].startswith("- stored weights agree on 3 layers")


def test_names_from_a_file_are_never_markup() -> None:
    name = "a|b`c <img src=x> [x](y) @someone"
    layers = [
        {"class_name": "InputLayer", "config": {"name": "i", "batch_shape": [None, 6]}},
        {"class_name": "Dense", "config": {"name": name, "units": 4}},
    ]
    text = document({"class_name": "Sequential", "config": {"name": name, "layers": layers}})
    html = MarkdownIt("commonmark").enable("table").render(text)
    assert "<img" not in html and "<a " not in html
    assert len(cells(text)[1]) == 4


def test_gates_get_a_table_for_each_recurrent_layer(samples: Path) -> None:
    source = str(samples / "lstm_stack.keras")
    assert "####" not in document(source)
    headings = [line for line in document(source, gates=True).splitlines() if "####" in line]
    assert headings[0] == "#### lstm (LSTM): 4 gates × 368 = 1,472"


def test_a_disagreement_is_listed_by_row(samples: Path) -> None:
    report = rnninspect.inspect(str(samples / "lstm_stack.keras"), compare="stored")
    (model,) = report.models
    (comparison,) = model.comparisons
    first = comparison.rows[0]._replace(theirs=1, agrees=False, differs_in="weights")
    changed = comparison._replace(status=type(comparison.status)("disagree"), rows=(first,))
    report = report._replace(models=(model._replace(comparisons=(changed,)),))
    text = to_markdown(report, expand=True, gates=False)
    assert text.splitlines()[-1] == "  - `lstm`: computed 1,472, found 1: weights"
