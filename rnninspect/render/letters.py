"""Letters: what a terminal may receive and what a stream can encode."""

from __future__ import annotations

_PLAINER = str.maketrans({"×": "x", "→": "->", "…": "...", "✓": "+", "✗": "x", "└": "`"})


def printable(text: str) -> str:
    """Escape what would control a terminal in a text from a file; nothing is dropped."""
    if text.isprintable():
        return text
    return "".join(
        char if char.isprintable() else char.encode("unicode_escape").decode() for char in text
    )


def encodable(text: str, encoding: str) -> str:
    """Replace what an encoding lacks: our signs by plainer ones, all else by escapes."""
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return text.translate(_PLAINER).encode(encoding, "backslashreplace").decode(encoding)
    except LookupError:
        return text.translate(_PLAINER).encode("ascii", "backslashreplace").decode("ascii")
    return text
