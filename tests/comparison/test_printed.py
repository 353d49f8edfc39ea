from __future__ import annotations

import pytest

from rnninspect.analysis.analyse import analyse
from rnninspect.analysis.result import Analysis
from rnninspect.comparison.compare import Status
from rnninspect.comparison.printed import compare_printed, compare_with_any
from rnninspect.reader.source import read_expression
from rnninspect.sources.printed_summary import tables_of
from rnninspect.sources.printed_table import PrintedTable

TABLE = """Model: "sequential_7"
_________________________________________________________________
Layer (type)                 Output Shape              Param #
=================================================================
lstm_9 (LSTM)                (None, 20, 16)            1472
_________________________________________________________________
bidirectional_2 (Bidirectio  (None, 20, 8)             672
_________________________________________________________________
dense_4 (Dense)              (None, 20, 1)             9
=================================================================
Total params: 2,153
Trainable params: 2,153
Non-trainable params: 0
"""
"""4 × (6 + 16 + 1) × 16 = 1472; 2 × 4 × (16 + 4 + 1) × 4 = 672; 8 + 1 = 9."""


def model(
    layers: str = "LSTM(16, return_sequences=True), "
    "Bidirectional(LSTM(4, return_sequences=True)), Dense(1)",
) -> Analysis:
    (found,) = read_expression(f"Sequential([Input((20, 6)), {layers}])").models
    return analyse(found)


def printed(text: str = TABLE) -> PrintedTable:
    (table,) = tables_of(text)
    return table


def test_a_summary_of_the_same_model_agrees_whatever_its_names_are() -> None:
    comparison = compare_printed(model(), printed())
    assert (comparison.status, comparison.against) == (Status.AGREE, "printed summary")
    assert comparison.params == 2153
    assert [(row.layer, row.ours, row.theirs) for row in comparison.rows] == [
        ("lstm", 1472, 1472),
        ("bidirectional", 672, 672),
        ("dense", 9, 9),
    ]
    assert [(row.layer, row.theirs) for row in comparison.totals] == [
        ("Total params", 2153),
        ("Trainable params", 2153),
        ("Non-trainable params", 0),
    ]


@pytest.mark.parametrize(
    ("old", "new", "differs"),
    [
        ("1472", "1473", "params"),
        ("(None, 20, 16)", "(None, 16)    ", "output shape"),
        ("(None, 20, 8) ", "(None, 21, 8) ", "output shape"),
    ],
)
def test_a_row_that_differs_says_in_what(old: str, new: str, differs: str) -> None:
    assert old in TABLE
    comparison = compare_printed(model(), printed(TABLE.replace(old, new, 1)))
    assert comparison.status is Status.DISAGREE
    assert [row.differs_in for row in comparison.disagreements] == [differs]


def test_totals_are_compared_too() -> None:
    comparison = compare_printed(
        model(), printed(TABLE.replace("Total params: 2,153", "Total params: 2,000"))
    )
    assert [row.layer for row in comparison.disagreements] == ["Total params"]


def test_a_fixed_batch_and_an_open_axis_are_no_disagreement() -> None:
    text = TABLE.replace("(None, 20, 16)", "(32, None, 16)")
    assert compare_printed(model(), printed(text)).status is Status.AGREE


def test_the_variables_of_the_optimizer_are_not_the_models() -> None:
    text = TABLE.replace("Total params: 2,153", "Total params: 6,461") + "Optimizer params: 4,308\n"
    comparison = compare_printed(model(), printed(text))
    assert (comparison.status, comparison.params) == (Status.AGREE, 2153)


def test_input_layers_and_expanded_rows_are_not_compared() -> None:
    rule = "_" * 65
    row = "input_1 (InputLayer)         (None, 20, 6)             0\n"
    inner = "|lstm_10 (LSTM)              (None, 20, 4)             336\n"
    text = TABLE.replace("lstm_9", f"{row}{rule}\nlstm_9").replace(
        "dense_4", f"{inner}{rule}\ndense_4"
    )
    assert len(printed(text).rows) == 5
    assert compare_printed(model(), printed(text)).status is Status.AGREE


@pytest.mark.parametrize("layers", ["LSTM(16)", "GRU(4), LSTM(4), Dense(1)"])
def test_a_table_of_other_layers_says_nothing(layers: str) -> None:
    comparison = compare_printed(model(layers), printed())
    assert (comparison.status, comparison.reason) == (
        Status.SKIPPED,
        "the printed summary has other layers",
    )


def test_what_we_do_not_know_cannot_disagree() -> None:
    unknown = model(
        "LSTM(n, return_sequences=True), Bidirectional(LSTM(4, return_sequences=True)), Dense(1)"
    )
    comparison = compare_printed(unknown, printed(TABLE.replace("1472", "9999")))
    assert comparison.rows[0].ours is None
    assert comparison.status is Status.AGREE and comparison.totals == ()


@pytest.mark.parametrize(
    ("texts", "status"),
    [
        ((TABLE.replace("1472", "1473"), TABLE), Status.AGREE),
        ((TABLE.replace("Dense", "Other"), TABLE.replace("1472", "1473")), Status.DISAGREE),
        ((TABLE.replace("Dense", "Other"),), Status.SKIPPED),
    ],
)
def test_of_several_tables_the_models_own_counts(texts: tuple[str, ...], status: Status) -> None:
    assert compare_with_any(model(), [printed(text) for text in texts]).status is status
