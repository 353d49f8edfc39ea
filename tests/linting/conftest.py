"""What the tests of the lint step share: a directory to work in, and a program with a mistake."""

from __future__ import annotations

from pathlib import Path

import pytest

HEAD = "from keras import Input, Sequential\nfrom keras.layers import LSTM\n"
BROKEN = HEAD + "model = Sequential([Input((20, 6)), LSTM(8), LSTM(4)])\n"
RIGHT = HEAD + "model = Sequential([Input((20, 6)), LSTM(8, return_sequences=True), LSTM(4)])\n"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty directory, which is the current one."""
    monkeypatch.chdir(tmp_path)
    return tmp_path
