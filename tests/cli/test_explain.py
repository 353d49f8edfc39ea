from __future__ import annotations

from html.parser import HTMLParser

import pytest
from click.testing import CliRunner, Result

from rnninspect.cli.main import main
from rnninspect.rules.registry import codes


def explain(*args: str) -> Result:
    return CliRunner(env={"COLUMNS": "80"}).invoke(main, ["explain", *args])


@pytest.mark.parametrize("code", codes())
def test_a_rule_has_its_page(code: str) -> None:
    result = explain(code)
    assert result.exit_code == 0
    for part in (code, "Why is this bad?", "Can it be fixed?"):
        assert part in result.stdout
    assert max(map(len, result.stdout.splitlines())) <= 80


def test_a_rule_is_found_by_its_name_and_in_any_case() -> None:
    assert explain("sequence-lost").stdout == explain("rnn102").stdout == explain("RNN102").stdout


def test_without_a_topic_everything_is_listed() -> None:
    listed = explain().stdout
    assert all(code in listed for code in codes())


def test_an_unknown_topic_gets_suggestions() -> None:
    result = explain("RNN10")
    assert result.exit_code == 2
    assert "Did you mean RNN1" in result.stderr


def test_html_is_a_document_of_its_own() -> None:
    opened: list[str] = []

    class Tags(HTMLParser):
        def handle_starttag(self, tag: str, attrs: object) -> None:
            opened.append(tag)

    Tags().feed(explain("RNN101", "--format", "html").stdout)
    assert {"html", "head", "title", "style", "body", "h1", "h2", "pre", "code"} <= set(opened)
    assert not {"script", "link", "img"} & set(opened)
