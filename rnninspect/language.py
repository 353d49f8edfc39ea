"""The language of explanations and findings: English, or one with a gettext catalogue.

JSON and the names of Keras are English in every language.
"""

from __future__ import annotations

import gettext
import os
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from rnninspect.errors import BadRequest

FOLDER = Path(__file__).parent / "locale"
DOMAIN = "rnninspect"
VARIABLE = "RNNINSPECT_LANG"
ENGLISH = "en"
_LOCALES = ("LC_ALL", "LC_MESSAGES", "LANG")


def languages() -> tuple[str, ...]:
    """Return the codes of the available languages, English first."""
    return (ENGLISH, *sorted(folder.name for folder in FOLDER.iterdir() if folder.is_dir()))


def chosen(asked: str | None = None) -> str:
    """Return the requested language, else that of RNNINSPECT_LANG, the locale, or English.

    Raises BadRequest if the language asked for, or that of RNNINSPECT_LANG, is not available.
    """
    for locale, name in ((asked, "--lang"), (os.environ.get(VARIABLE), VARIABLE)):
        if locale:
            code = _code(locale)
            if code not in languages():
                available = ", ".join(languages())
                raise BadRequest(
                    f"{name}: {locale!r} is not an available language", f"Available: {available}."
                )
            return code
    code = _code(next((value for name in _LOCALES if (value := os.environ.get(name))), ""))
    return code if code in languages() else ENGLISH


def _code(locale: str) -> str:
    return locale.partition(".")[0].partition("_")[0].partition("-")[0].lower()


@cache
def _catalogue(language: str) -> gettext.NullTranslations:
    return gettext.translation(DOMAIN, FOLDER, [language], fallback=True)


def translated(text: str, language: str) -> str:
    """Return a text in a language; in English if the catalogue does not have it."""
    if language == ENGLISH or not text:
        return text
    return _catalogue(language).gettext(text)


class Said(str):
    """An English sentence that keeps its template and values, so that it can be translated."""

    template: str
    values: Mapping[str, str]

    @classmethod
    def of(cls, template: str, values: Mapping[str, object]) -> Said:
        """Fill a template; a value may be such a sentence itself."""
        text = cls(template.format(**values))
        text.template = template
        text.values = {
            name: value if isinstance(value, str) else str(value) for name, value in values.items()
        }
        return text


def said(template: str, **values: object) -> Said:
    """Fill a template that is written in the call, where the collector of texts finds it."""
    return Said.of(template, values)


def in_words(text: str, language: str) -> str:
    """Translate a sentence; a plain string is looked up as it is."""
    if language == ENGLISH:
        return text
    if not isinstance(text, Said):
        return translated(text, language)
    values = {name: in_words(value, language) for name, value in text.values.items()}
    return translated(text.template, language).format(**values)
