"""Functions and methods that nothing calls are followed on arguments that are not known."""

from __future__ import annotations

import pytest

from tests.reader.following import program_of


def rejected_lines(text: str) -> list[int]:
    found = program_of(text).rejected
    return sorted((model.nodes[-1].place.line or 0) - 4 for model in found)


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("def f(n):\n    m = Sequential([Input((3, 2)), LSTM(n), LSTM(n)])", [2]),
        ("def f(n):\n    return LSTM(n)(Input((3, 2)))", []),
        ("class A:\n    def f(self):\n        return LSTM(4)(LSTM(4)(Input((3, 2))))", [3]),
        ("class A:\n    @staticmethod\n    def f():\n"
         "        return LSTM(4)(LSTM(4)(Input((3, 2))))",
         [4]),
        ("def f():\n    return LSTM(4)(Input((3,)))\ndef g():\n    return f()", [2]),
        ("def f(deep=True):\n    x = Input((3, 2))\n    x = LSTM(4, return_sequences=deep)(x)\n"
         "    return LSTM(4)(x)", []),
    ],
)  # fmt: skip
def test_what_is_rejected_for_any_argument_is_found(text: str, lines: list[int]) -> None:
    assert rejected_lines(text) == lines


def test_a_function_that_is_called_is_not_followed_again() -> None:
    text = "def f(n):\n    return Sequential([Input((3, 2)), LSTM(n)])\nm = f(4)"
    (model,) = program_of(text).models
    assert [getattr(layer, "units", 4) for layer in model.layers.values()] == [4, 4]


def test_attributes_that_other_methods_set_are_not_known() -> None:
    text = """
        class A:
            def __init__(self):
                self.flag = False
            def prepare(self):
                self.flag = True
            def f(self):
                x = LSTM(4, return_sequences=self.flag)(Input((3, 2)))
                return LSTM(4)(x)
    """
    assert rejected_lines(text) == []


def test_what_a_function_returns_is_a_part_of_some_model() -> None:
    (fragment,) = program_of("def f(x):\n    return Dense(3)(LSTM(4)(x))").fragments
    assert [name for name in fragment.layers if "input" not in name] == ["lstm", "dense"]


def test_a_function_that_takes_too_long_does_not_hide_the_others() -> None:
    slow = (
        "def slow(n):\n    LSTM(4)\n" + "    [a * b for a in range(99) for b in range(99)]\n" * 40
    )
    text = slow + "def f():\n    return LSTM(4)(LSTM(4)(Input((3, 2))))"
    assert rejected_lines(text) == [slow.count("\n") + 2]


@pytest.mark.parametrize("change", ["self.table['a'] = 5", "self.table.update(a=5)"])
def test_containers_that_other_methods_fill_are_not_known(change: str) -> None:
    text = f"""
        class A:
            def __init__(self):
                self.table = {{}}
            def prepare(self):
                {change}
            def f(self):
                return LSTM(len(self.table))(Input((3, 2)))
    """
    assert rejected_lines(text) == []


def test_containers_that_no_method_fills_stay_as_they_were_made() -> None:
    text = """
        class A:
            def __init__(self):
                self.table = {}
            def f(self):
                return LSTM(len(self.table))(Input((3, 2)))
    """
    assert rejected_lines(text) == [6]


def test_what_methods_of_a_held_object_set_is_not_known() -> None:
    text = """
        class Vocabulary:
            def __init__(self):
                self.size = 0
            def read(self, words):
                self.size = len(words)
        class A:
            def __init__(self):
                self.vocabulary = Vocabulary()
            def f(self):
                return LSTM(self.vocabulary.size)(Input((3, 2)))
    """
    assert rejected_lines(text) == []


def test_an_argument_that_a_constructor_may_leave_out_is_not_known() -> None:
    text = """
        class A:
            def __init__(self, size=None):
                self.size = size
            def f(self, x):
                h = Input(batch_shape=(None, self.size))
                return Dense(4)(h)
    """
    assert rejected_lines(text) == []
