"""Live models: objects of this process, and ``module:attribute`` in a child's."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from rnninspect import inspect
from rnninspect.analysis.analyse import analyse
from rnninspect.errors import NotAModel, RnnInspectError, SourceNotFound, UserCodeFailed
from rnninspect.keras_runtime.live import read_attribute, read_live

pytestmark = pytest.mark.keras

CODE = """
import pathlib
import keras
from keras import layers
print("this is not a result")
pathlib.Path("ran.txt").write_text(__name__)
model = keras.Sequential([keras.Input((20, 6)), layers.LSTM(4)], name="mine")
class holder:
    @staticmethod
    def build():
        return model
def broken():
    return keras.Sequential([keras.Input((20, 6)), layers.LSTM(4), layers.LSTM(4)])
def needs(units):
    return model
def leaves():
    raise SystemExit(3)
other = 3
"""


@pytest.fixture
def module(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "mine.py").write_text(CODE)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("source", ["mine:model", "mine:holder.build"])
def test_a_model_or_a_function_that_returns_one(source: str, module: Path) -> None:
    models = read_attribute(source, 120)
    assert models.format == "live"
    assert models.models[0].name == "mine"
    assert models.witness is not None and models.witness["params"] == 176
    assert (module / "ran.txt").read_text() == "mine"


@pytest.mark.parametrize(
    ("source", "kind", "words"),
    [
        ("nothing:model", SourceNotFound, "no module 'nothing'"),
        ("mine:modell", SourceNotFound, "mine has no 'modell'"),
        ("mine:other", NotAModel, "this is of type int, not a Keras model"),
        ("mine:broken", UserCodeFailed, "expected ndim=3, found ndim=2"),
        ("mine:needs", UserCodeFailed, "TypeError"),
        ("mine:leaves", UserCodeFailed, "SystemExit"),
    ],
)
def test_what_goes_wrong_is_one_line(
    source: str, kind: type[RnnInspectError], words: str, module: Path
) -> None:
    with pytest.raises(kind) as caught:
        read_attribute(source, 120)
    assert words in caught.value.message
    assert "\n" not in caught.value.message


def test_what_the_code_prints_is_kept_and_tensorflows_chatter_is_not(
    module: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    read_attribute("mine:model", 120)
    out, err = capfd.readouterr()
    assert (out, err) == ("", "this is not a result\n")


def test_the_place_in_the_users_code_is_named(module: Path) -> None:
    with pytest.raises(UserCodeFailed, match=r"\(mine.py, line 13\)"):
        read_attribute("mine:broken", 120)


def test_code_that_does_not_end_is_stopped(module: Path) -> None:
    (module / "slow.py").write_text("import time\ntime.sleep(60)")
    with pytest.raises(UserCodeFailed, match="within 1 seconds"):
        read_attribute("slow:model", 1)


def test_an_object_of_this_process(keras: Any) -> None:
    x = keras.Input((20, 6))
    models = read_live(keras.Model(x, keras.layers.GRU(3)(x), name="here"))
    analysis = analyse(models.models[0])
    assert analysis.total.value == 3 * (6 + 3 + 2) * 3
    assert models.stored is not None
    assert sum(tensor.numbers for tensor in models.stored().tensors) == 99


def test_a_subclassed_model_is_a_list_of_layers(keras: Any) -> None:
    class Mine(keras.Model):  # type: ignore[misc]
        def __init__(self) -> None:
            super().__init__(name="mine")
            self.a = keras.layers.LSTM(4, return_sequences=True, name="a")
            self.b = keras.layers.Dense(2, name="b")

        def call(self, x: Any) -> Any:
            return self.b(self.a(x))

    model = Mine()
    unbuilt = analyse(read_live(model).models[0])
    assert [row.name for row in unbuilt.layers] == ["a", "b"]
    assert unbuilt.total.at_least
    comparisons = inspect(model, compare="all").models[0].comparisons
    assert [one.status for one in comparisons] == ["skipped", "skipped"]
    model(keras.ops.zeros((1, 20, 6)))
    built = analyse(read_live(model).models[0])
    assert built.total == (model.count_params(), False) == (176 + 10, False)
