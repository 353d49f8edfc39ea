"""Keys of arrays."""

from __future__ import annotations

from tests.reader.follow import UNKNOWN, known


def test_an_index_of_unknown_type_takes_some_rows() -> None:
    text = "import numpy as np\ni = np.load('i.npy').reshape(-1)\na = np.zeros((9, 3))[i]"
    assert known(text)["a"] == ("array", (None, 3))


def test_an_index_that_is_not_known_may_be_anything() -> None:
    assert known("import numpy as np\na = np.zeros((9, 3))[x]")["a"] is UNKNOWN


def test_an_unknown_number_takes_one_row() -> None:
    text = "import numpy as np\na = np.zeros((9, 3, 2))[len(open('f').read())]"
    assert known(text)["a"] == ("array", (3, 2))
