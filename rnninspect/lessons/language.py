"""A page of Markdown in another language, paragraph by paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rnninspect.language import ENGLISH, translated

_FENCE = re.compile(r"(^```.*?^```$)", re.S | re.M)
_ITEM = re.compile(r"\n(?=- |\|)")
_WORDS = re.compile(r"[A-Za-z]{2}")
_CODE = re.compile(r"\{\{.*?\}\}|`[^`]*`|\{\w+\}")


def in_language(text: str, language: str) -> str:
    """A page with every paragraph, item and row that the catalogue has in its place."""
    if language == ENGLISH:
        return text
    return "".join(_shown(part, language) for part in _FENCE.split(text))


def _shown(part: str, language: str) -> str:
    if part.startswith("```"):
        return part
    found = []
    for block in re.split(r"(\n\s*\n)", part):
        if not block.strip():
            found.append(block)
            continue
        start = block[: len(block) - len(block.lstrip())]
        end = block[len(block.rstrip()) :]
        pieces = [_piece(one, language) for one in _split(block.strip())]
        found.append(f"{start}{chr(10).join(pieces)}{end}")
    return "".join(found)


def _split(block: str) -> list[str]:
    """A paragraph as it is; a heading, the items of a list and the rows of a table one by one."""
    if block.startswith("#"):
        heading, _, rest = block.partition("\n")
        return [heading, *(_split(rest) if rest else [])]
    return _ITEM.split(block) if block.startswith(("- ", "|")) else [block]


def _piece(text: str, language: str) -> str:
    plain = " ".join(text.split())
    return translated(plain, language) if _has_words(plain) else text


def _has_words(text: str) -> bool:
    return bool(_WORDS.search(_CODE.sub("", text)))


def messages_of(text: str) -> Iterator[str]:
    """What of a page has to be translated."""
    for part in _FENCE.split(text):
        if part.startswith("```"):
            continue
        for block in re.split(r"\n\s*\n", part):
            for piece in _split(block.strip()) if block.strip() else ():
                plain = " ".join(piece.split())
                if _has_words(plain):
                    yield plain
