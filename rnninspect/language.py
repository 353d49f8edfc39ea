"""The language in which we explain: English, or what a gettext catalogue has.

JSON, and the names of Keras, are English in every language.
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
    """The languages there are, by their codes."""
    return (ENGLISH, *sorted(one.name for one in FOLDER.iterdir() if one.is_dir()))


def chosen(asked: str | None = None) -> str:
    """The language: the one asked for, that of RNNINSPECT_LANG, or the locale's; else English.

    Raises BadRequest for one that is asked for and not there.
    """
    for given, name in ((asked, "--lang"), (os.environ.get(VARIABLE), VARIABLE)):
        if given:
            code = _code(given)
            if code not in languages():
                known = ", ".join(languages())
                raise BadRequest(f"{name}: there is no language {given!r}", f"There are {known}.")
            return code
    locale = next((value for name in _LOCALES if (value := os.environ.get(name))), "")
    return code if (code := _code(locale)) in languages() else ENGLISH


def _code(locale: str) -> str:
    return locale.partition(".")[0].partition("_")[0].partition("-")[0].lower()


@cache
def _catalogue(language: str) -> gettext.NullTranslations:
    return gettext.translation(DOMAIN, FOLDER, [language], fallback=True)


def translated(text: str, language: str) -> str:
    """A text in a language; in English where its catalogue does not have it."""
    if language == ENGLISH or not text:
        return text
    return _catalogue(language).gettext(text)


class Said(str):
    """An English sentence that remembers its template and what was put in, to be translated."""

    template: str
    values: Mapping[str, str]

    @classmethod
    def of(cls, template: str, values: Mapping[str, object]) -> Said:
        """A sentence of a template; what is put in may be such a sentence itself."""
        text = cls(template.format(**values))
        text.template = template
        text.values = {
            name: value if isinstance(value, str) else str(value) for name, value in values.items()
        }
        return text


def said(template: str, **values: object) -> Said:
    """A sentence of a template that is written here, so that translators find it."""
    return Said.of(template, values)


def in_words(text: str, language: str) -> str:
    """A sentence in a language; what is no Said is looked up as it is."""
    if language == ENGLISH:
        return text
    if not isinstance(text, Said):
        return translated(text, language)
    values = {name: in_words(value, language) for name, value in text.values.items()}
    return translated(text.template, language).format(**values)
