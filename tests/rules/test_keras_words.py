from __future__ import annotations

from importlib.metadata import version
from pathlib import Path

import pytest

from rnninspect.rules.keras_words import in_words_of, installed_major

KERAS_3 = (
    "Input 0 with name 'None' of layer 'lstm_1' is incompatible with the layer: "
    "expected ndim=3, found ndim=2. Full shape received: (None, 16)"
)


def test_the_words_are_those_of_the_version_that_is_asked_for() -> None:
    assert in_words_of(None, KERAS_3) == in_words_of(3, KERAS_3) == KERAS_3
    # as Keras 2.13.1 says it
    assert in_words_of(2, KERAS_3) == (
        'Input 0 of layer "lstm_1" is incompatible with the layer: '
        "expected ndim=3, found ndim=2. Full shape received: (None, 16)"
    )


@pytest.mark.parametrize(
    ("folders", "major"),
    [
        (["keras-2.13.1.dist-info"], 2),
        (["tf_keras-2.17.0.dist-info"], 2),
        (["tf_keras-2.17.0.dist-info", "keras-3.5.0.dist-info"], 3),
        (["Keras-2.3.1-py3.7.egg-info"], 2),
        (["keras_hub-0.19.0.dist-info", "keras-nightly.txt"], None),
        ([], None),
    ],
)
def test_the_installed_version_is_that_of_the_metadata_folder(
    folders: list[str], major: int | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in folders:
        (tmp_path / name).mkdir()
    monkeypatch.setattr("sys.path", [str(tmp_path), str(tmp_path / "none")])
    installed_major.cache_clear()
    try:
        assert installed_major() == major
    finally:
        installed_major.cache_clear()


@pytest.mark.keras
def test_the_installed_version_is_what_its_package_says() -> None:
    assert installed_major() == int(version("keras").partition(".")[0])
