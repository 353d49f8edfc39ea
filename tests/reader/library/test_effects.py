"""Libraries that leave their arguments alone."""

from __future__ import annotations

from rnninspect.reader.library.effects import is_pure
from tests.reader.follow import known


def test_reading_functions_are_pure_and_writing_ones_are_not() -> None:
    assert is_pure("scipy.signal.butter")
    assert not is_pure("random.shuffle")
    assert not is_pure("pickle.loads")


def test_a_list_that_is_plotted_stays_as_it_is() -> None:
    assert known("import seaborn\nx = [1]\nseaborn.lineplot(x)\na = x")["a"] == [1]
