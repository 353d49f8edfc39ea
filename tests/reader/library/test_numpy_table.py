"""Calls on arrays by the table of operations."""

from __future__ import annotations

from tests.reader.follow import known


def test_a_known_spelling_is_worked_out() -> None:
    text = "import numpy as np\na = np.add(np.zeros((4, 1)), np.zeros(3))"
    assert known(text)["a"] == ("array", (4, 3))


def test_two_unknown_sizes_are_not_taken_for_each_other() -> None:
    text = """
        import numpy as np
        a = np.array([len(line) for line in open("f")])
        b = np.array([len(line) for line in open("g")])
        c = (a + b).reshape(len(a), -1)
    """
    assert known(text)["c"] == ("array", (None, None))


def test_the_list_that_a_function_gives_can_be_unpacked() -> None:
    text = """
        import numpy as np
        a, b = np.split(np.zeros((4, 3)), 2)
        c = len(np.split(np.zeros(4), 4))
    """
    assert known(text)["b"] == ("array", (2, 3))
    assert known(text)["c"] == 4
