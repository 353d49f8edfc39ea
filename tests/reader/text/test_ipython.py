"""Cells as IPython reads them; IPython itself is the judge."""

from __future__ import annotations

import ast
import json
import os
import random
from pathlib import Path
from typing import Any

import pytest
from IPython.core.inputtransformer2 import TransformerManager

from rnninspect.reader.text import ipython
from rnninspect.reader.text.ipython import (
    parse_cell,
    parse_parts_of_cell,
    parse_script,
    without_shell,
)
from rnninspect.reader.text.parsing import parse

IPYTHON: Any = TransformerManager()  # type: ignore[no-untyped-call]
LINES = (
    "x = 1",
    "model.add(LSTM(8));",
    "for i in range(3):\n    !echo {i}\n    y = i",
    "def f(a,\n      b):\n    return a % b",
    "s = '''\n%not a magic\n   \n!nor this'''",
    "!pip install -q keras \\\n    tensorflow",
    "!!ls",
    "%matplotlib inline",
    "  %load_ext tensorboard",
    "%cd \\\n  data",
    "files = !ls *.h5",
    "a, b = %sx ls",
    "here = %pwd",
    "d = {'a': [1,\n  2], 'b': c[0]}",
    "model.fit?",
    "LSTM??",
    "?GRU",
    "np.*pad*?",
    "get_ipython().system('ls')",
    "# a comment with ! and ? and %",
    "",
    "   ",
    "if x == 1:\n\tprint(x)",
    ">>> a = 1",
    "In [3]: b = 2",
    "   ...: c",
    "...",
    ",f a b",
    "/f a",
    "await g()",
    "print 'old'",
    "x = = 1",
    '!echo "it\'s"',
    "f(x",
    "y = x if x else !ls",
)
HEADS = ("", "", "", "", "\n\n", "%%bash\n", "%%writefile a.py\n", "%%html?\n", "%%unknown x y\n")


def random_cells(number: int) -> list[str]:
    choose = random.Random(7)
    cells = []
    for _ in range(number):
        text = "\n".join(choose.choices(LINES, k=choose.randint(1, 6)))
        if choose.random() < 0.15:
            text = "\n".join(f"    {line}" for line in text.split("\n"))
        cells.append(choose.choice(HEADS) + text + choose.choice(("", "\n")))
    return cells


def cells_of_folder(folder: str) -> list[str]:
    """The cells of real notebooks, where somebody has some to try."""
    texts = []
    for path in Path(folder).rglob("*.ipynb"):
        try:
            cells = json.loads(path.read_bytes())["cells"]
        except (ValueError, KeyError):
            continue
        texts += ["".join(one["source"]) for one in cells if one["cell_type"] == "code"]
    return texts


def tree_of_ipython(cell: str) -> str | None:
    try:
        return ast.dump(parse(IPYTHON.transform_cell(cell)))
    except (SyntaxError, RuntimeError):
        return None


def our_tree(cell: str) -> str | None:
    try:
        return ast.dump(parse_cell(cell))
    except SyntaxError:
        return None


def test_cells_are_read_as_ipython_reads_them(monkeypatch: pytest.MonkeyPatch) -> None:
    """``RNNINSPECT_TEST_NOTEBOOKS`` may name a folder of notebooks to try as well."""
    # The magics that run Python are calls for IPython's transformer; automagic is not its part.
    monkeypatch.setattr("rnninspect.reader.text.commands.RUN_THEIR_CODE", {})
    monkeypatch.setattr(ipython, "RUN_THEIR_BODY", ())
    monkeypatch.setattr(ipython, "_FOUND_WITHOUT_SIGN", frozenset())
    cells = random_cells(500) + cells_of_folder(os.environ.get("RNNINSPECT_TEST_NOTEBOOKS", "-"))
    expected = [tree_of_ipython(cell) for cell in cells]
    assert 100 < sum(tree is not None for tree in expected) < len(cells)
    different = [cell for cell, tree in zip(cells, expected, strict=True) if our_tree(cell) != tree]
    assert different == []


def segments(cell: str) -> dict[str, str]:
    """What stands in the cell's text at the place of each name and call."""
    return {
        ast.unparse(node): ast.get_source_segment(cell, node) or ""
        for node in ast.walk(parse_cell(cell))
        if isinstance(node, ast.Name | ast.Call)
    }


@pytest.mark.parametrize(
    "cell",
    [
        "    é = f(x)\n    y = g(é)",
        "In [1]: y = f(x)\n   ...: z = g(y)",
        ">>> if x:\n...     y = f(x)",
        "%time y = f(x)",
        "if é:\n    %timeit -n 3 y = f(x)",
        "\n\n%%time\n  y = f(x)\n  z = g(y)",
        "%%timeit x = 1\ny = f(x)",
        "%%capture --no-stderr\ny = f(x)",
        "!ls\ny = f(x)",
        "!pip install \\\n  keras\ny = f(x)",
    ],
)
def test_names_and_calls_have_the_places_of_the_cells_own_text(cell: str) -> None:
    found = segments(cell)
    names = {name for name in found if name in ("x", "y", "z", "é", "f(x)", "g(y)", "g(é)")}
    assert {"y", "f(x)"} <= names
    assert all(found[name] == name for name in names)


def test_a_command_has_the_place_of_the_line_that_it_is() -> None:
    found = segments("    files = !ls \\\n       -l\n    y")
    assert found["get_ipython().getoutput('ls     -l')"] == "!ls \\\n       -l"
    assert found["y"] == "y"


@pytest.mark.parametrize(
    ("cell", "program"),
    [
        ("%%time\nx = 1\n!ls", "x = 1\nget_ipython().system('ls')"),
        ("%%time\n%%capture out\nx", "out = get_ipython().run_cell_magic('capture', 'out', '')\nx"),
        ("%%capture\nx = 1", "x = 1"),
        ("%%prun -s time y = 2\nx = 1", "y = 2\nx = 1"),
        (
            "%%timeit y = 2\nx = 1\nz = 3",
            "y = 2\nfor _ in get_ipython().run_line_magic('timeit', ''):\n    x = 1\n    z = 3",
        ),
        (
            "if a:\n    %timeit f(x)\n    b",
            "if a:\n    for _ in get_ipython().run_line_magic('timeit', ''):\n        f(x)\n    b",
        ),
        ("%%python\nx = 1", "get_ipython().run_cell_magic('python', '', 'x = 1\\n')"),
        ("%%bash\nls", "get_ipython().run_cell_magic('bash', '', 'ls\\n')"),
        ("pip install keras", "get_ipython().run_line_magic('pip', 'install keras')"),
        (" ls *.h5 ", "get_ipython().run_line_magic('ls', '*.h5')"),
        ("time x = f()", "x = f()"),
    ],
)
def test_magics_that_run_python_here_are_that_python(cell: str, program: str) -> None:
    assert ast.unparse(parse_cell(cell)) == ast.unparse(parse(program))


@pytest.mark.parametrize("cell", ["pip install keras\nx = 1", "install keras", "x = = 1"])
def test_what_ipython_does_not_read_is_a_syntax_error(cell: str) -> None:
    with pytest.raises(SyntaxError):
        parse_cell(cell)


def test_of_a_broken_cell_the_statements_that_parse_are_read() -> None:
    tree, dropped = parse_parts_of_cell("  !ls\n  x = = 1\n  y = f(x)", parse)
    assert [ast.unparse(one) for one in tree.body] == [
        "get_ipython().system('ls')",
        "x, = __not_read__(x)",
        "y = f(x)",
    ]
    assert [(one.line, one.reason) for one in dropped] == [(2, "invalid syntax")]
    assert tree.body[2].col_offset == 2


def test_exported_notebooks_are_read_with_their_commands() -> None:
    text = "!pip install keras\nx = 1\n%%bash\nls\n# %%\n%time y = f(x)\n"
    assert ast.unparse(parse_script(text)).split("\n") == [
        "get_ipython().system('pip install keras')",
        "x = 1",
        "get_ipython().run_cell_magic('bash', '', 'ls\\n')",
        "y = f(x)",
    ]


@pytest.mark.parametrize("text", ["  x = 1", ">>> x = 1"])
def test_programs_are_not_dedented_nor_freed_of_prompts(text: str) -> None:
    with pytest.raises(SyntaxError):
        parse_script(text)


def test_without_shell_keeps_every_comment_in_its_place() -> None:
    cell = "In [1]: x = 1  # noqa\n%time y  # noqa\n!ls # shell"
    lines = without_shell(cell).split("\n")
    assert [line.find("# noqa") for line in lines] == [15, 9, -1]
    assert [line.find("# noqa") for line in cell.split("\n")] == [15, 9, -1]
    assert without_shell("if x:\n    y\n  !z") == "if x:\n    y\n  !z"
