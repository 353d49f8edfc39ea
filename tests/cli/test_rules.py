from __future__ import annotations

import json

from click.testing import CliRunner

from rnninspect.cli.main import main
from rnninspect.rules.registry import codes


def test_every_rule_has_its_line() -> None:
    result = CliRunner(env={"COLUMNS": "100"}).invoke(main, ["rules"])
    assert result.exit_code == 0
    lines = [line for line in result.stdout.splitlines() if line.startswith("RNN")]
    assert [line[:6] for line in lines] == list(codes())


def test_as_json() -> None:
    rules = json.loads(CliRunner().invoke(main, ["rules", "--format", "json"]).stdout)
    assert [one["code"] for one in rules] == list(codes())
    first = rules[0]
    assert (first["code"], first["name"]) == ("RNN101", "sequence-dropped-too-early")
    assert (first["severity"], first["fix"]) == ("error", "safe")
    assert first["summary"].startswith("A recurrent layer needs a sequence")
