"""The examples in the docstrings of rules: each becomes files and a command, which is then run.

A section holds fenced blocks: ``python`` is ``train.py``, ``toml`` is ``rnninspect.toml``, ``text``
is ``summary.txt``, and ``sh`` is the command, which is ``rnninspect check-stack .`` without one.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

from click.testing import CliRunner

from rnninspect.cli.main import main
from rnninspect.rules.rule import Rule

FILES = {"python": "train.py", "toml": "rnninspect.toml", "text": "summary.txt"}


def blocks(rule: Rule, title: str) -> dict[str, str]:
    """Return the fenced blocks of a section of a rule's page by their languages."""
    section = re.search(rf"^## {title}\n(.*?)(?=^## |\Z)", rule.text, flags=re.M | re.S)
    assert section is not None, f"{rule.code} has no section {title}"
    found: dict[str, str] = dict(re.findall(r"^```(\w+)\n(.*?)^```", section[1], flags=re.M | re.S))
    assert found, f"{rule.code}: {title} has no block"
    assert set(found) <= {*FILES, "sh"}
    return found


def codes_of_example(rule: Rule, title: str, folder: Path) -> list[str]:
    """Return the codes that check-stack reports for a section, run in an empty current folder."""
    example = blocks(rule, title)
    for language, name in FILES.items():
        if language in example:
            (folder / name).write_text(example[language], encoding="utf-8")
    command = example.get("sh", "rnninspect check-stack .").split()[1:]
    result = CliRunner().invoke(main, [*command, "--format", "json", "--no-cache"])
    return [diagnostic["code"] for diagnostic in json.loads(result.stdout)["diagnostics"]]
