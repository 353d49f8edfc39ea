from __future__ import annotations

from pathlib import Path

import pytest

import rnninspect
from rnninspect import api, errors, report
from rnninspect.linting import session


def test_the_public_names_are_those_of_the_modules() -> None:
    assert rnninspect.inspect is api.inspect
    assert rnninspect.check is session.check
    assert rnninspect.Report is report.Report
    assert rnninspect.RnnInspectError is errors.RnnInspectError
    assert all(hasattr(rnninspect, name) for name in rnninspect.__all__)


def test_another_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'inspekt'"):
        rnninspect.inspekt  # noqa: B018


def test_types_are_part_of_the_package() -> None:
    assert (Path(rnninspect.__file__).parent / "py.typed").is_file()
