"""What all tests share: real Keras, and the sample models."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from rnninspect.strictness import VARIABLE

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault(VARIABLE, "1")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "-1")

ROOT = Path(__file__).parent.parent


@pytest.fixture
def keras() -> Any:
    """Return the installed Keras, the reference for every number; its names are counted from 0."""
    import keras

    keras.utils.clear_session()
    return keras


@pytest.fixture
def as_users_run_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """What rnninspect does not foresee is a note, as it is for users."""
    monkeypatch.setenv(VARIABLE, "0")


@pytest.fixture(scope="session")
def samples() -> Path:
    """The directory of sample models."""
    return ROOT / "sample_models"
