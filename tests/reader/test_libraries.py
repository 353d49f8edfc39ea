"""Which modules are libraries, so that they cannot change what a program does not give them."""

from __future__ import annotations

import pytest

from rnninspect.reader.libraries import is_library


@pytest.mark.parametrize("path", ["numpy.zeros", "os.path.join", "keras.layers", "sklearn", "json"])
def test_a_known_library(path: str) -> None:
    assert is_library(path)


@pytest.mark.parametrize("path", ["my_model.build", "utils", "numpyx.zeros", "helpers.os"])
def test_a_module_that_may_be_the_programs_own(path: str) -> None:
    assert not is_library(path)
