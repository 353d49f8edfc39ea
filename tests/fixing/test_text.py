from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from rnninspect.diagnostics import Edit
from rnninspect.fixing.text import CannotWrite, difference, patched, write


def edit(start: tuple[int, int], end: tuple[int, int], text: str, cell: int | None = None) -> Edit:
    return Edit("p.py", cell, start, end, text)


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_lines_and_columns_count_from_1_whatever_ends_the_lines(newline: str) -> None:
    before = newline.join(["# é", "f(1)", "g(2)", ""]).encode()
    edits = [edit((3, 3), (3, 4), "22"), edit((2, 4), (2, 4), ", 3")]
    after = newline.join(["# é", "f(1, 3)", "g(22)", ""]).encode()
    assert patched(before, "p.py", edits) == after


def test_an_edit_may_take_out_whole_lines() -> None:
    assert patched(b"a\nb\nc\n", "p.py", [edit((2, 1), (3, 1), "")]) == b"a\nc\n"


def test_the_encoding_that_a_program_declares_stays() -> None:
    text = "# -*- coding: latin-1 -*-\nx = 'é'\n"
    after = patched(text.encode("latin-1"), "p.py", [edit((2, 6), (2, 7), "ü")])
    assert after == text.replace("é", "ü").encode("latin-1")


def test_no_edits_no_change() -> None:
    assert patched(b"x = 1\r\n", "p.py", ()) == b"x = 1\r\n"
    assert patched(b'{"cells": []}', "n.ipynb", ()) == b'{"cells": []}'


@pytest.mark.parametrize("source", ["a = '\\u00e9\"'\nb = 1\n", ["a = '\\u00e9\"'\n", "b = 1\n"]])
@pytest.mark.parametrize("in_ascii", [True, False])
def test_in_a_notebook_only_the_characters_of_the_edit_change(
    source: str | list[str], in_ascii: bool
) -> None:
    cells: list[dict[str, Any]] = [
        {"cell_type": "markdown", "source": "b = 1"},
        {"cell_type": "code", "source": source, "outputs": [{"text": "b = 1"}]},
    ]
    before = json.dumps({"cells": cells, "nbformat": 4}, indent=1, ensure_ascii=in_ascii)
    change = edit((2, 5), (2, 6), 'f("x")', cell=2)
    after = patched(before.encode(), "n.ipynb", [change]).decode()
    written = json.loads(after)["cells"]
    assert "".join(written[1]["source"]).endswith('b = f("x")\n')
    assert written[0] == cells[0] and written[1]["outputs"] == cells[1]["outputs"]
    assert len(after) == len(before) - 1 + len('f(\\"x\\")')


def test_the_difference_is_a_patch() -> None:
    assert difference(b"a\nb\n", b"a\nc", "/tmp/p.py").splitlines() == [
        "--- a/tmp/p.py",
        "+++ b/tmp/p.py",
        "@@ -1,2 +1,2 @@",
        " a",
        "-b",
        "+c",
        "\\ No newline at end of file",
    ]
    assert difference(b"a\n", b"a\n", "p.py") == ""


def test_a_file_is_replaced_in_one_step_and_keeps_its_permissions(tmp_path: Path) -> None:
    file, link = tmp_path / "p.py", tmp_path / "link.py"
    file.write_bytes(b"old")
    file.chmod(0o640)
    link.symlink_to(file)
    write(str(link), b"new")
    assert file.read_bytes() == b"new" and link.is_symlink()
    assert file.stat().st_mode & 0o777 == 0o640
    assert sorted(path.name for path in tmp_path.iterdir()) == ["link.py", "p.py"]


def test_a_new_file_is_written_and_a_missing_folder_is_an_error(tmp_path: Path) -> None:
    write(str(tmp_path / "new.py"), b"x")
    assert (tmp_path / "new.py").read_bytes() == b"x"
    with pytest.raises(CannotWrite, match=r"p\.py: it cannot be written") as caught:
        write(str(tmp_path / "none" / "p.py"), b"new")
    assert caught.value.hint == "The file is unchanged."
