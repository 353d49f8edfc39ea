"""``module:attribute``: the user's code runs in a child process, and what it does is reported."""

from __future__ import annotations

from pathlib import Path

import pytest

from rnninspect.errors import NotAModel, RnnInspectError, SourceNotFound, UserCodeFailed
from rnninspect.keras_runtime.attribute import read_attribute

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
    assert models.summary is not None and models.summary.params == 176
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


def test_code_that_ends_the_process_is_reported_and_what_it_printed_is_kept(
    module: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (module / "ends.py").write_text("import os\nprint('last words', flush=True)\nos._exit(9)")
    with pytest.raises(UserCodeFailed, match="ended with status 9 and without a model"):
        read_attribute("ends:model", 120)
    assert capfd.readouterr().err == "last words\n"


def test_code_that_reads_standard_input_finds_it_empty(module: Path) -> None:
    (module / "asks.py").write_text("input()")
    with pytest.raises(UserCodeFailed, match="EOFError"):
        read_attribute("asks:model", 120)
