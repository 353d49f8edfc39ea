"""Letters: texts as a stream can take them, and as a terminal should."""

from __future__ import annotations

_PLAINER = str.maketrans({"×": "x", "→": "->", "…": "...", "✓": "+", "✗": "x", "└": "`"})


def printable(text: str) -> str:
    """A text from a file without anything that would steer a terminal: escaped, not dropped."""
    if text.isprintable():
        return text
    return "".join(
        char if char.isprintable() else char.encode("unicode_escape").decode() for char in text
    )


def encodable(text: str, encoding: str) -> str:
    """The text with plainer signs where the stream's encoding lacks ours."""
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return text.translate(_PLAINER).encode(encoding, "backslashreplace").decode(encoding)
    except LookupError:
        return text.translate(_PLAINER).encode("ascii", "backslashreplace").decode("ascii")
    return text
