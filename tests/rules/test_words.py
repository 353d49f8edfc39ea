from __future__ import annotations

import pytest

from rnninspect.rules import words

KERAS_3 = (
    "Input 0 with name 'None' of layer 'lstm_1' is incompatible with the layer: "
    "expected ndim=3, found ndim=2. Full shape received: (None, 16)"
)


def test_the_words_are_those_of_the_installed_major_version(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert words.as_installed(KERAS_3) == KERAS_3
    monkeypatch.setattr(words, "installed_major", lambda: 2)
    # as Keras 2.13.1 says it
    assert words.as_installed(KERAS_3) == (
        'Input 0 of layer "lstm_1" is incompatible with the layer: '
        "expected ndim=3, found ndim=2. Full shape received: (None, 16)"
    )
