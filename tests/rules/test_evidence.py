from __future__ import annotations

import json
from typing import Any

import pytest

from rnninspect.diagnostics import Severity
from rnninspect.fixing.fix import read_text, with_fixes

IMPORTS = "from keras import *\nfrom keras.layers import *\n"
STACK = "model = Sequential([Input((20, 6)), LSTM(8), LSTM(3)])\n"
SHOWN = {"output_type": "stream", "name": "stdout", "text": "done\n"}
RAISED = {"output_type": "error", "ename": "ValueError", "evalue": "odd", "traceback": []}


def notebook_of(*cells: tuple[str, int | None, list[Any]]) -> bytes:
    """Return a notebook of cells with their execution counts and outputs."""
    written: list[dict[str, Any]] = [
        {
            "cell_type": "code",
            "source": source,
            "execution_count": count,
            "outputs": outputs,
            "metadata": {},
        }
        for source, count, outputs in cells
    ]
    return json.dumps(
        {"cells": written, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    ).encode()


@pytest.mark.parametrize(
    ("count", "outputs", "severity"),
    [
        (3, [SHOWN], Severity.HINT),
        (3, [], Severity.HINT),
        (3, [SHOWN, RAISED], Severity.ERROR),
        (None, [], Severity.ERROR),
    ],
)
def test_a_cell_that_ran_leaves_a_hint(
    count: int | None, outputs: list[Any], severity: Severity
) -> None:
    data = notebook_of((IMPORTS + STACK, count, outputs))
    (found,) = with_fixes(read_text(data, "n.ipynb"))
    assert (found.code, found.severity) == ("RNN101", severity)
    says_so = "cell 1 ran to its end when the notebook was saved" in found.message
    assert says_so == (severity is Severity.HINT)
    assert found.fix is not None
    assert found.fix.safe == (severity is Severity.ERROR)


def test_a_function_may_have_been_called_elsewhere() -> None:
    text = f"{IMPORTS}def make():\n    {STACK}    return model\n"
    data = notebook_of((text, 1, []), ("make()\n", 2, [RAISED]))
    (found,) = read_text(data, "n.ipynb").errors
    assert found.severity is Severity.ERROR


def test_another_cell_says_nothing() -> None:
    data = notebook_of((IMPORTS, 1, [SHOWN]), (STACK, None, []))
    (found,) = read_text(data, "n.ipynb").errors
    assert found.severity is Severity.ERROR
