from __future__ import annotations

import json
from pathlib import Path

import pytest

from rnninspect.diagnostics import Edit
from rnninspect.fixing.text import CannotWrite, difference, patched, write


def test_a_file_is_replaced_at_once_and_keeps_its_permissions(tmp_path: Path) -> None:
    file, link = tmp_path / "p.py", tmp_path / "link.py"
    file.write_bytes(b"old")
    file.chmod(0o640)
    link.symlink_to(file)
    write(str(link), b"new")
    assert file.read_bytes() == b"new" and link.is_symlink()
    assert file.stat().st_mode & 0o777 == 0o640
    assert sorted(one.name for one in tmp_path.iterdir()) == ["link.py", "p.py"]
    with pytest.raises(CannotWrite):
        write(str(tmp_path / "none" / "p.py"), b"new")


def test_no_edits_no_change() -> None:
    assert patched(b"x = 1\r\n", "p.py", ()) == b"x = 1\r\n"
    assert patched(b'{"cells": []}', "n.ipynb", ()) == b'{"cells": []}'


def edit(start: tuple[int, int], end: tuple[int, int], text: str, cell: int | None = None) -> Edit:
    return Edit("p.py", cell, start, end, text)


def test_edits_count_characters_and_leave_the_rest_as_it_is() -> None:
    data = "é = 1\r\nb = 2\r\n".encode()
    edits = [edit((2, 5), (2, 6), "33"), edit((1, 5), (1, 6), "22")]
    assert patched(data, "p.py", edits) == "é = 22\r\nb = 33\r\n".encode()
    insertion = edit((1, 1), (1, 1), "x = 0; ")
    assert patched(data, "p.py", [insertion]).decode() == "x = 0; é = 1\r\nb = 2\r\n"


def test_in_a_notebook_a_cell_is_meant() -> None:
    cells = [{"cell_type": "code", "source": ["a = 1\n", 'b = "2"\n']} for _ in range(2)]
    data = json.dumps({"cells": cells}).encode()
    after = patched(data, "n.ipynb", [edit((2, 6), (2, 7), '"3', cell=2)])
    assert json.loads(after)["cells"][0] == cells[0]
    assert json.loads(after)["cells"][1]["source"] == ["a = 1\n", 'b = ""3"\n']


def test_a_patch_has_the_unified_format() -> None:
    assert difference(b"a\nb", b"a\nc", "/src/p.py").splitlines() == [
        "--- a/src/p.py",
        "+++ b/src/p.py",
        "@@ -1,2 +1,2 @@",
        " a",
        "-b",
        "\\ No newline at end of file",
        "+c",
        "\\ No newline at end of file",
    ]
