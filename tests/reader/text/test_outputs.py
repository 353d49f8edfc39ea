from __future__ import annotations

from typing import Any

import pytest

from rnninspect.reader.text.notebook import Cell
from rnninspect.reader.text.outputs import (
    Output,
    failed_at,
    outputs_of,
    printed_tables,
    ran_to_its_end,
)

KERAS_2 = """Model: "{name}"
_________________________________________________________________
Layer (type)                 Output Shape              Param #
=================================================================
lstm (LSTM)                  (None, 16)                {params}
=================================================================
Total params: {params}
Trainable params: {params}
Non-trainable params: 0
_________________________________________________________________
"""
TITLE = '\x1b[1mModel: "wide"\x1b[0m\n'
KERAS_3 = (
    "┏━━━━━━━━━━━━━━━━━━━━━━━┳━━━━━━━━━━━━━━━━━━━┳━━━━━━━━━━━━━┓\n"
    "┃\x1b[1m \x1b[0m\x1b[1mLayer (type)         \x1b[0m\x1b[1m \x1b[0m"
    "┃\x1b[1m \x1b[0m\x1b[1mOutput Shape     \x1b[0m\x1b[1m \x1b[0m"
    "┃\x1b[1m \x1b[0m\x1b[1m    Param #\x1b[0m\x1b[1m \x1b[0m┃\n"
    "┡━━━━━━━━━━━━━━━━━━━━━━━╇━━━━━━━━━━━━━━━━━━━╇━━━━━━━━━━━━━┩\n"
    "│ encoder_of_the_senten │ (\x1b[38;5;45mNone\x1b[0m, \x1b[38;5;34m16\x1b[0m)        "
    "│       \x1b[38;5;34m1,472\x1b[0m │\n"
    "│ ce (\x1b[38;5;33mLSTM\x1b[0m)             │                   │             │\n"
    "└───────────────────────┴───────────────────┴─────────────┘\n"
)
TOTALS = (
    "\x1b[1m Total params: \x1b[0m\x1b[38;5;34m4,418\x1b[0m (17.26 KB)\n",
    "\x1b[1m Trainable params: \x1b[0m\x1b[38;5;34m1,472\x1b[0m (5.75 KB)\n",
    "\x1b[1m Non-trainable params: \x1b[0m\x1b[38;5;34m0\x1b[0m (0.00 B)\n",
    "\x1b[1m Optimizer params: \x1b[0m\x1b[38;5;34m2,946\x1b[0m (11.51 KB)\n",
)


def cell(*outputs: dict[str, Any], count: int | None = 1, text: str = "x") -> Cell:
    return Cell(1, text, count, outputs)


def stream(text: str | list[str], name: str = "stdout") -> dict[str, Any]:
    return {"output_type": "stream", "name": name, "text": text}


def displayed(data: dict[str, Any]) -> dict[str, Any]:
    return {"output_type": "display_data", "data": data, "metadata": {}}


def failure(trace: str) -> dict[str, Any]:
    return {
        "output_type": "error",
        "ename": "ValueError",
        "evalue": "bad shape",
        "traceback": trace.split("\n"),
    }


TRACE = (
    "\x1b[0;31m-----------\x1b[0m\nValueError   Traceback (most recent call last)\n"
    "\x1b[0;32m<ipython-input-3-abc>\x1b[0m in <module>\n      1 x\n"
    "\x1b[0;32m----> 2\x1b[0;31m f(x)\n      3 y\n\n/lib/keras.py in f(x)\n---> 77 raise\n"
)


def test_what_a_cell_left_behind_is_read_with_its_kind() -> None:
    found = outputs_of(
        cell(
            stream(["a\n", "b"]),
            stream("c\n"),
            stream("warning", "stderr"),
            {"output_type": "execute_result", "data": {"text/plain": ["(3, ", "4)"]}},
            displayed({"image/png": "..."}),
            displayed({"text/html": "<pre style='x'>a &lt; <span>b</span></pre>"}),
            failure("Trace\x1b[31mback"),
        )
    )
    assert found == (
        Output("stdout", "a\nbc\n"),
        Output("stderr", "warning"),
        Output("result", "(3, 4)"),
        Output("display", "a < b"),
        Output("error", "Traceback", "ValueError", "bad shape"),
    )


def test_format_3_has_other_names() -> None:
    found = outputs_of(
        cell(
            {"output_type": "stream", "stream": "stderr", "text": "a"},
            {"output_type": "pyout", "text": ["b"], "prompt_number": 1},
            {"output_type": "pyerr", "ename": "E", "evalue": "v", "traceback": []},
        )
    )
    assert found == (Output("stderr", "a"), Output("result", "b"), Output("error", "", "E", "v"))


@pytest.mark.parametrize(
    "odd",
    [
        {},
        {"output_type": "stream", "text": 3},
        {"output_type": "execute_result", "data": {"text/plain": [3]}},
        {"output_type": "display_data", "data": {"text/html": "<b>x</b>"}},
        {"output_type": "error", "traceback": [3]},
    ],
)
def test_what_is_not_as_jupyter_writes_it_is_left_out(odd: dict[str, Any]) -> None:
    assert outputs_of(cell(odd, stream("a"))) == (Output("stdout", "a"),)


def test_a_line_that_is_written_again_is_seen_as_it_was_last() -> None:
    found = outputs_of(cell(stream("1/10\r2/10\r\n\b\b3/10\rend\r")))
    assert found[0].text == "2/10\nend"


def test_every_table_of_a_cell_is_read_in_order() -> None:
    text = KERAS_2.format(name="a", params="1472") + KERAS_2.format(name="b", params="3,200")
    tables = printed_tables(cell(stream(text[:300]), stream(text[300:])))
    assert [(table.name, table.total) for table in tables] == [("a", 1472), ("b", 3200)]
    assert [row.params for table in tables for row in table.rows] == [1472, 3200]


def test_the_parts_that_keras_3_displays_are_one_table() -> None:
    parts = (TITLE, KERAS_3, *TOTALS)
    tables = printed_tables(cell(*(displayed({"text/plain": part}) for part in parts)))
    (table,) = tables
    assert (table.name, table.total, table.trainable, table.optimizer) == (
        "wide",
        4418,
        1472,
        2946,
    )
    (row,) = table.rows
    assert (row.name, row.class_name, row.params) == ("encoder_of_the_sentence", "LSTM", 1472)
    assert row.shapes[0].sizes == (None, 16)


def test_warnings_do_not_break_a_table_and_logged_tables_are_read() -> None:
    text = KERAS_2.format(name="a", params="1472")
    mixed = cell(stream(text[:250]), stream("W0000 slow\n", "stderr"), stream(text[250:]))
    assert [table.total for table in printed_tables(mixed)] == [1472]
    assert [table.total for table in printed_tables(cell(stream(text, "stderr")))] == [1472]


def test_a_cell_without_a_summary_has_no_table() -> None:
    assert printed_tables(cell(stream("Epoch 1"), failure(TRACE))) == ()


@pytest.mark.parametrize(
    ("count", "outputs", "ran"),
    [
        (4, (), True),
        (4, (stream("a"),), True),
        (4, (stream("a"), failure(TRACE)), False),
        (None, (failure(TRACE),), False),
        (None, (), None),
    ],
)
def test_a_cell_ran_to_its_end_if_it_was_run_and_nothing_was_raised(
    count: int | None, outputs: tuple[dict[str, Any], ...], ran: bool | None
) -> None:
    assert ran_to_its_end(cell(*outputs, count=count)) is ran


def test_the_line_that_raised_is_that_of_the_outermost_call() -> None:
    assert failed_at(cell(failure(TRACE), text="x\nf(x)\ny")) == 2
    again = f"----> 9 inner\n\nDuring handling of the above exception, another\n\n{TRACE}"
    assert failed_at(cell(failure(again), text="x\nf(x)\ny")) == 2


@pytest.mark.parametrize(("trace", "text"), [("no arrow", "x"), (TRACE, "x"), ("---> 0 x", "x")])
def test_a_line_that_is_not_said_or_not_in_the_cell_is_none(trace: str, text: str) -> None:
    assert failed_at(cell(failure(trace), text=text)) is None
    assert failed_at(cell(stream("a"), text=text)) is None
