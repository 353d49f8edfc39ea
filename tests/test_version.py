from __future__ import annotations

import re

from click.testing import CliRunner

import rnninspect
from rnninspect.cli.main import main
from rnninspect.version import __version__


def test_the_version_is_a_release_number_and_the_program_prints_it() -> None:
    assert re.fullmatch(r"\d+\.\d+\.\d+", __version__)
    assert rnninspect.__version__ == __version__
    assert CliRunner().invoke(main, ["--version"]).stdout == f"rnninspect {__version__}\n"
