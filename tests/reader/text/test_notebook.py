from __future__ import annotations

import json
from typing import Any

import pytest

from rnninspect.errors import UnreadableSource
from rnninspect.reader.text.notebook import Cell, read_notebook


def notebook(*cells: dict[str, Any], **more: Any) -> bytes:
    return json.dumps({"cells": cells, "nbformat": 4, **more}).encode()


def test_cells_of_format_4_are_numbered_among_all() -> None:
    data = notebook(
        {"cell_type": "markdown", "source": "text"},
        {"cell_type": "code", "source": ["x = 1\n", "y"], "execution_count": 3, "outputs": []},
        {"cell_type": "code", "source": "a\r\nb\rc", "execution_count": None},
    )
    assert read_notebook(data, "n.ipynb").cells == (
        Cell(2, "x = 1\ny", 3),
        Cell(3, "a\nb\nc"),
    )


def test_cells_of_format_3_are_in_sheets() -> None:
    output = {"output_type": "pyout", "text": "3"}
    cell = {"cell_type": "code", "input": ["x"], "prompt_number": 2, "outputs": [output]}
    data = json.dumps({"worksheets": [{"cells": [cell]}], "nbformat": 3}).encode()
    assert read_notebook(data, "n.ipynb").cells == (Cell(1, "x", 2, (output,)),)


@pytest.mark.parametrize(
    ("metadata", "version"),
    [
        ({"language_info": {"version": "2.7.13"}}, "2.7.13"),
        ({"language_info": {"name": "python"}, "kernelspec": {"name": "python2"}}, "2"),
        ({"kernelspec": {"name": "python3"}}, "3"),
        ({"kernelspec": {"name": ["odd"]}}, ""),
        ({}, ""),
        ("odd", ""),
    ],
)
def test_the_version_of_python_is_read(metadata: Any, version: str) -> None:
    assert read_notebook(notebook(metadata=metadata), "n.ipynb").python == version


def test_a_byte_order_mark_may_stand_first() -> None:
    data = b"\xef\xbb\xbf" + notebook({"cell_type": "code", "source": "x"})
    assert len(read_notebook(data, "n.ipynb").cells) == 1


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{",
        b"[]",
        b"\xff",
        b"{}",
        b'{"worksheets": [{}]}',
        b'{"cells": 3}',
        b'{"cells": ["x"]}',
        b'{"cells": [{"cell_type": "code", "source": 3}]}',
        b'{"cells": [{"cell_type": "code", "source": [3]}]}',
        b"[" * 100_000,
    ],
)
def test_damaged_notebooks_are_said_to_be_none(data: bytes) -> None:
    with pytest.raises(UnreadableSource, match=r"^n.ipynb: this is not a notebook$"):
        read_notebook(data, "n.ipynb")
