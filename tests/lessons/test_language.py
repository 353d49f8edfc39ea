from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from rich.cells import cell_len

from rnninspect.cli.main import main
from rnninspect.language import chosen, languages, translated
from rnninspect.lessons.language import in_language, messages_of
from rnninspect.lessons.topics import page_of, topics
from rnninspect.rules.registry import codes
from tests import translations

OTHERS = languages()[1:]
HELD = re.compile(r"`[^`]*`|\{\{.*?\}\}|\{\w+\}")


def explain(*args: str, **env: str) -> Result:
    return CliRunner(env={"COLUMNS": "80", **env}).invoke(main, ["explain", *args])


def test_korean_is_there() -> None:
    assert OTHERS == ("ko",)


@pytest.mark.parametrize("language", OTHERS)
def test_no_translation_is_missing_or_stale(language: str) -> None:
    catalogue = {str(one.id): one for one in translations.read(language) if one.id}
    assert set(catalogue) == set(translations.texts())
    assert [text for text, one in catalogue.items() if not one.string or one.fuzzy] == []


@pytest.mark.parametrize("language", OTHERS)
def test_what_gettext_reads_is_what_the_catalogue_says(language: str) -> None:
    kept = translations.place(language, "mo").read_bytes()
    assert kept == translations.compiled(translations.read(language))


@pytest.mark.parametrize("language", OTHERS)
def test_code_and_numbers_are_the_same_in_every_language(language: str) -> None:
    for text in translations.texts():
        other = translated(text, language)
        assert Counter(HELD.findall(other)) == Counter(HELD.findall(text)), text
        assert not text.startswith("# ") or other.startswith("# ")


def test_no_korean_sentence_leaves_the_particle_to_the_reader() -> None:
    undecided = re.compile(r"\((는|은|가|이|를|을|와|과|로|으로)\)")
    assert undecided.search("`lstm`이(가)")
    assert [text for text in translations.texts() if undecided.search(translated(text, "ko"))] == []


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("name", [*topics(), *codes()])
def test_a_page_in_another_language(name: str, language: str) -> None:
    result = explain(name, "--lang", language)
    assert result.exit_code == 0
    assert re.search("[가-힣]", result.stdout)
    assert max(map(cell_len, result.stdout.splitlines())) <= 80
    english, other = page_of([name]), page_of([name], language=language)
    assert re.findall(r"```.*?```", other, re.S) == re.findall(r"```.*?```", english, re.S)
    numbers = r"(?<![\w.])\d[\d,]+\d"
    assert Counter(re.findall(numbers, other)) == Counter(re.findall(numbers, english))


def test_tables_stay_aligned_with_wide_letters() -> None:
    lines = explain("LSTM", "--lang", "ko").stdout.splitlines()
    start = next(n for n, line in enumerate(lines) if "모양" in line)
    at = cell_len(lines[start][: lines[start].index("모양")])
    for line in lines[start + 2 : start + 5]:
        assert line[at - 1] == " "
        assert line[at] == "("


def test_how_the_language_is_chosen(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("RNNINSPECT_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    assert chosen() == "en"
    monkeypatch.setenv("LANG", "ko_KR.UTF-8")
    assert chosen() == "ko"
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    assert chosen() == "en"
    monkeypatch.setenv("RNNINSPECT_LANG", "ko")
    assert chosen() == "ko"
    assert chosen("en") == "en"
    assert explain("LSTM", LANG="de_DE.UTF-8").exit_code == 0
    unknown = explain("LSTM", "--lang", "xx")
    assert unknown.exit_code == 2
    assert "Available: en, ko." in unknown.stderr


def test_the_list_side_by_side_and_html() -> None:
    assert "# 설명할 수 있는 것" in explain("--lang", "ko", "--format", "markdown").stdout
    beside = explain("SimpleRNN", "LSTM", "GRU", "--lang", "ko", "--format", "markdown").stdout
    assert "| 비율 | 1 × | 4 × | 3.13 × |" in beside
    assert '<html lang="ko">' in explain("GRU", "--lang", "ko", "--format", "html").stdout


def test_a_layer_of_a_model_in_korean(samples: Path) -> None:
    result = explain(str(samples / "lstm_stack.keras"), "lstm", "--lang", "ko")
    assert result.exit_code == 0
    assert "기억" in result.stdout


def test_what_is_not_in_a_catalogue_stays() -> None:
    text = "# Something else\n\n- an item\n  of two lines\n- `code`\n\n| a row | 1 |\n"
    assert in_language(text, "ko") == text.replace("item\n  of", "item of")
    assert list(messages_of(text)) == [
        "# Something else",
        "- an item of two lines",
        "| a row | 1 |",
    ]


def checked(*args: str, **env: str) -> Result:
    expression = "Sequential([Input((20, 6)), SimpleRNN(16), Dropout(0.1), LSTM(32)])"
    command = ["check-stack", "-e", expression, *args]
    return CliRunner(env={"COLUMNS": "200", **env}).invoke(main, command)


def test_findings_are_told_in_the_users_language() -> None:
    shown = checked("--lang", "ko").stdout
    assert "`simple_rnn`에서 마지막 시점의 출력만 반환된다 (`dropout` 경유)" in shown
    assert "help: simple_rnn에 return_sequences=True를 추가한다" in shown
    assert "expected ndim=3, found ndim=2" in shown
    assert checked(RNNINSPECT_LANG="ko").stdout == shown
    english = checked("--format", "json").stdout
    assert checked("--format", "json", "--lang", "ko").stdout == english
    assert "needs a sequence" in english


def test_a_cached_finding_is_told_in_the_users_language(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "p.py").write_text(
        "from keras import *\nfrom keras.layers import *\n"
        "m = Sequential([Input((20, 6)), LSTM(8), LSTM(4)])\n"
    )
    command = ["check-stack", "p.py", "--lang"]
    first = CliRunner().invoke(main, [*command, "ko"]).stdout
    assert CliRunner().invoke(main, [*command, "ko"]).stdout == first
    assert "마지막 시점의 출력만" in first
    assert "Keras에서 거부된다" in first
    assert "only its last" in CliRunner().invoke(main, [*command, "en"]).stdout


def test_the_list_of_rules_in_korean() -> None:
    result = CliRunner().invoke(main, ["--lang", "ko", "rules"])
    assert "순환층에 시퀀스가 필요한데" in " ".join(result.stdout.split())
