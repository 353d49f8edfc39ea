"""Which methods a container has."""

from __future__ import annotations

from tests.reader.follow import UNKNOWN, known


def test_a_deque_has_methods_that_a_list_does_not() -> None:
    text = "from collections import deque\nd = deque([1])\nd.appendleft(0)\na = d[0]\n"
    assert known(text)["a"] == 0


def test_a_method_that_is_not_followed_opens_what_it_may_change() -> None:
    assert known("x = [1]\nx.no_such_method()\na = x")["a"] is UNKNOWN
