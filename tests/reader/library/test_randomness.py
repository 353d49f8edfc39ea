"""random."""

from __future__ import annotations

from tests.reader.follow import UNKNOWN, known


def test_an_item_is_one_of_those_that_are_there() -> None:
    text = """
        import random
        a = random.choice([4, 4])
        b = random.choice([4, 5])
        c = random.randint(1, 2)
    """
    found = known(text)
    assert found["a"] == 4
    assert found["b"] is found["c"] is UNKNOWN


def test_a_shuffled_list_keeps_its_length() -> None:
    text = """
        import random
        x = [1, 2, 3]
        random.shuffle(x)
        a = len(x)
        b = x[0]
        c = x[0] == x[1]
    """
    found = known(text)
    assert found["a"] == 3
    assert found["b"] is found["c"] is UNKNOWN


def test_what_a_random_item_may_be_is_changed_through_it() -> None:
    text = "import random\nx, y = [1], [2]\nz = random.choice([x, y])\nz.append(3)\na = x"
    assert known(text)["a"] is UNKNOWN


def test_a_sample_has_its_size() -> None:
    text = """
        import random
        a = len(random.sample(range(9), 3))
        b = isinstance(random.random(), float)
    """
    found = known(text)
    assert found["a"] == 3
    assert found["b"] is True
