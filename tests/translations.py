"""The texts that are translated, and the catalogues of their translations.

    python -m tests.translations

updates the catalogues: new texts are added without a translation, texts that no longer exist are
removed, and what ``gettext`` reads is compiled. A test fails while a translation is missing.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from rnninspect.language import DOMAIN, FOLDER
from rnninspect.lessons import compare, fill, rules
from rnninspect.lessons.language import messages_of
from rnninspect.lessons.topics import CONTENTS, topics
from rnninspect.rules.registry import rules as all_rules
from rnninspect.version import __version__


def texts() -> list[str]:
    """Return every text that is shown in a user's language, once."""
    return list(dict.fromkeys(_texts()))


def _texts() -> Iterator[str]:
    yield from messages_of(CONTENTS)
    for topic in topics().values():
        yield topic.summary
        yield from messages_of(topic.text)
    for rule in all_rules():
        yield rule.summary
        yield from messages_of(rule.text)
    yield from rules.FIXES.values()
    yield from (rules.FIXABLE, rules.SEVERITY)
    yield from (*compare.TITLES, compare.HEADING, compare.GIVEN, compare.NEXT)
    yield from compare.WHY.values()
    yield from _said()
    yield from (fill.NO_WEIGHTS, fill.NOTHING, fill.WEIGHTS, fill.GATES, fill.COSTS)


def _said() -> Iterator[str]:
    """Yield the templates of the sentences in the code: what ``said`` is called with."""
    messages = extract_from_dir(FOLDER.parent, [("**.py", "python")], keywords={"said": None})
    for _, _, message, _, _ in messages:
        yield message if isinstance(message, str) else message[0]
    # Templates that are handed on before they are filled in.
    yield from (
        "leave return_sequences=True out of {layer}",
        "pass return_sequences=True to {layer}",
    )


def place(language: str, ending: str = "po") -> Path:
    """Return the file of a catalogue."""
    return FOLDER / language / "LC_MESSAGES" / f"{DOMAIN}.{ending}"


def read(language: str) -> Catalog:
    """Read the catalogue of a language."""
    with place(language).open("rb") as file:
        return read_po(file, locale=language)


def compiled(catalogue: Catalog) -> bytes:
    """Compile a catalogue into what ``gettext`` reads."""
    target = io.BytesIO()
    write_mo(target, catalogue)
    return target.getvalue()


def update(language: str) -> None:
    """Update a catalogue from the texts, and compile it."""
    current = read(language)
    fresh = Catalog(
        locale=language,
        domain=DOMAIN,
        header_comment="# The lessons and the rules' pages of rnninspect.",
        project="rnninspect",
        version=__version__,
        copyright_holder="rnninspect",
        msgid_bugs_address="rnninspect",
        last_translator="rnninspect",
        language_team="rnninspect",
        creation_date=current.creation_date,
        fuzzy=False,
    )
    for text in texts():
        before = current.get(text)
        fresh.add(text, "" if before is None else before.string)
    with place(language).open("wb") as file:
        write_po(file, fresh, width=100, omit_header=False)
    place(language, "mo").write_bytes(compiled(fresh))


def main() -> None:
    """Update every catalogue."""
    for folder in sorted(FOLDER.iterdir()):
        update(folder.name)


if __name__ == "__main__":
    main()
