from __future__ import annotations

import pytest

from rnninspect.reader.eras import Eras, eras_of


def test_what_states_nothing_may_be_for_any_version() -> None:
    assert eras_of({"LSTM"}, {"keras.layers.LSTM"}, 3) == Eras(is_plain_keras=True)


def test_a_stated_version_is_meant() -> None:
    eras = eras_of({"nb_filter"}, {"keras"}, 3, is_stated=True)
    assert (eras.quoted, eras.meant, eras.possible) == ("3", "3", ("3",))


def test_keras_2_understands_keras_1() -> None:
    assert eras_of(set(), {"keras"}, 2, is_stated=True).possible == ("1", "2")
    assert eras_of(set(), {"tensorflow.keras"}, 2, is_stated=True).possible == ("2",)


@pytest.mark.parametrize(
    ("words", "modules", "meant"),
    [
        ({"nb_filter"}, {"keras.layers"}, "1"),
        (set(), {"keras.layers.recurrent"}, "2"),
        (set(), {"keras.layers.core.Dense"}, "2"),
        (set(), {"keras.layers.Dense"}, "3"),
        ({"Merge"}, {"tensorflow.keras.layers"}, "3"),
    ],
)
def test_words_and_modules_tell_the_era(words: set[str], modules: set[str], meant: str) -> None:
    assert eras_of(words, modules, 3).meant == meant


@pytest.mark.parametrize(
    ("words", "modules", "registers"),
    [
        (set(), {"keras", "numpy", "os.path", "__future__"}, False),
        ({"get_custom_objects"}, {"keras"}, True),
        (set(), {"keras", "my_layers"}, True),
        (set(), {"keras", ".layers"}, True),
    ],
)
def test_code_that_is_not_at_hand_may_register_names(
    words: set[str], modules: set[str], registers: bool
) -> None:
    assert eras_of(words, modules).registers_names is registers
