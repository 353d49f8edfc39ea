from __future__ import annotations

import json

from click.testing import CliRunner

from rnninspect.cli.main import main


def test_every_rule_has_its_line() -> None:
    result = CliRunner(env={"COLUMNS": "100"}).invoke(main, ["rules"])
    assert result.exit_code == 0
    lines = [line for line in result.stdout.splitlines() if line.startswith("RNN")]
    codes = [*(f"RNN10{n}" for n in range(1, 10)), "RNN501", "RNN502", "RNN503", "RNN901", "RNN902"]
    assert [line[:6] for line in lines] == codes


def test_as_json() -> None:
    rules = json.loads(CliRunner().invoke(main, ["rules", "--format", "json"]).stdout)
    first = rules[0]
    assert (first["code"], first["name"]) == ("RNN101", "sequence-dropped-too-early")
    assert (first["severity"], first["fix"]) == ("error", "safe")
    assert first["summary"].startswith("A recurrent layer needs a sequence")
