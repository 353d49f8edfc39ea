from __future__ import annotations

import pytest

from rnninspect.errors import BadRequest
from rnninspect.language import Said, chosen, in_words, languages, said, translated

TEMPLATE = "`{layer}` needs a sequence, but `{by}` ended it"


@pytest.fixture(autouse=True)
def no_locale(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("RNNINSPECT_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)


def test_english_is_first() -> None:
    assert languages()[0] == "en"
    assert "ko" in languages()


@pytest.mark.parametrize(
    ("variable", "value", "language"),
    [
        ("LANG", "ko_KR.UTF-8", "ko"),
        ("LC_ALL", "ko-KR", "ko"),
        ("LC_MESSAGES", "KO", "ko"),
        ("LANG", "de_DE.UTF-8", "en"),
        ("LANG", "C", "en"),
        ("RNNINSPECT_LANG", "ko", "ko"),
    ],
)
def test_the_environment_decides(
    variable: str, value: str, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert chosen() == "en"
    monkeypatch.setenv(variable, value)
    assert chosen() == language


def test_what_is_asked_for_comes_before_the_variable_and_this_before_the_locale(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("LANG", "ko_KR")
    monkeypatch.setenv("RNNINSPECT_LANG", "en")
    assert chosen() == "en"
    assert chosen("ko_KR") == "ko"


def test_an_unknown_language_names_the_available_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(BadRequest, match="--lang: 'fr'") as caught:
        chosen("fr")
    assert "en, ko" in caught.value.hint
    monkeypatch.setenv("RNNINSPECT_LANG", "fr")
    with pytest.raises(BadRequest, match="RNNINSPECT_LANG: 'fr'"):
        chosen()


def test_a_sentence_is_english_text_that_keeps_its_template_and_values() -> None:
    sentence = said(TEMPLATE, layer="lstm", by="flatten")
    assert sentence == "`lstm` needs a sequence, but `flatten` ended it"
    assert (sentence.template, dict(sentence.values)) == (
        TEMPLATE,
        {"layer": "lstm", "by": "flatten"},
    )
    assert said("{n} rows", n=3).values == {"n": "3"}


def test_a_sentence_inside_a_sentence_is_translated_too() -> None:
    inner = said("it would be right for an input of width {n}", n=6)
    outer = Said.of("{one}; or {other}", {"one": inner, "other": "x"})
    assert in_words(outer, "en") == "it would be right for an input of width 6; or x"
    korean = in_words(outer, "ko")
    assert "6" in korean and "width" not in korean and "or" not in korean


def test_what_the_catalogue_does_not_have_stays() -> None:
    assert translated("not in any catalogue", "ko") == "not in any catalogue"
    assert in_words("not in any catalogue", "ko") == "not in any catalogue"
    assert translated("", "ko") == ""  # gettext would return the header of the catalogue
