"""What a user can cause and fix, each with one line, one hint and an exit status.

RnnInspectError                 2
├── SourceNotFound              2   nothing is there
├── UnreadableSource            2   something is there that cannot be read
│   └── TooLarge                2   … because it is over a size limit
├── NotAModel                   2   it can be read, but holds no Keras model
├── UserCodeFailed              2   `package.module:attribute` raised
└── BadRequest                  2   an option or argument that cannot be met
"""

from __future__ import annotations

from typing import ClassVar


class RnnInspectError(Exception):
    """The one root of what a caller of rnninspect should catch.

    ``message`` is one line that says what is wrong, ``hint`` one line that says what to do.
    """

    exit_code: ClassVar[int] = 2

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class SourceNotFound(RnnInspectError):
    """The file, module or attribute does not exist."""


class UnreadableSource(RnnInspectError):
    """The source exists, but its bytes cannot be read as what it claims to be."""


class TooLarge(UnreadableSource):
    """The source is over a limit that keeps reading safe."""


class NotAModel(RnnInspectError):
    """The source was read, and holds no Keras model architecture."""


class UserCodeFailed(RnnInspectError):
    """The user's own module or function raised while a model was read from it."""


class BadRequest(RnnInspectError):
    """An option, a code or an argument that cannot be met."""
