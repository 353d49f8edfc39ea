"""Translation of a page of Markdown, paragraph by paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rnninspect.language import ENGLISH, translated

_FENCE = re.compile(r"(^```.*?^```$)", re.S | re.M)
_ITEM = re.compile(r"\n(?=- |\|)")
_WORDS = re.compile(r"[A-Za-z]{2}")
_CODE = re.compile(r"\{\{.*?\}\}|`[^`]*`|\{\w+\}")


def in_language(text: str, language: str) -> str:
    """Translate every paragraph, item and table row of a page that the catalogue has."""
    if language == ENGLISH:
        return text
    return "".join(_shown(part, language) for part in _FENCE.split(text))


def _shown(part: str, language: str) -> str:
    if part.startswith("```"):
        return part
    blocks = []
    for block in re.split(r"(\n\s*\n)", part):
        if not block.strip():
            blocks.append(block)
            continue
        start = block[: len(block) - len(block.lstrip())]
        end = block[len(block.rstrip()) :]
        pieces = [_piece(text, language) for text in _split(block.strip())]
        blocks.append(f"{start}{chr(10).join(pieces)}{end}")
    return "".join(blocks)


def _split(block: str) -> list[str]:
    """Split off a heading, the items of a list and the rows of a table; a paragraph stays whole."""
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
    """Yield the texts of a page that have to be translated."""
    for part in _FENCE.split(text):
        if part.startswith("```"):
            continue
        for block in re.split(r"\n\s*\n", part):
            for piece in _split(block.strip()) if block.strip() else ():
                plain = " ".join(piece.split())
                if _has_words(plain):
                    yield plain
