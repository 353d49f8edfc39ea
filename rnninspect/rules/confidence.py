"""RNN9xx: what could not be read or known, and what is there in vain."""

from __future__ import annotations


def unused_suppression() -> None:
    """A comment silences findings where there are none.

    ## Why is this bad?
    A `# noqa` that silences nothing hides the next mistake on its line. It is left over from a
    finding that was mended.

    ## Example
    ```python
    from keras import Input, Sequential
    from keras.layers import LSTM

    model = Sequential([Input((20, 6)), LSTM(32)])  # noqa: RNN101
    ```

    ## Use instead
    ```python
    from keras import Input, Sequential
    from keras.layers import LSTM

    model = Sequential([Input((20, 6)), LSTM(32)])
    ```
    """


def not_checked() -> None:
    """A file could not be checked to its end: the time was up, or rnninspect failed.

    ## Why is this bad?
    Mistakes in this file are not found. The other files are checked as usual.

    ## What to do
    Give it more time with `--timeout`. If rnninspect failed, please report it: that is never the
    fault of the file.
    """


CONFIDENCE = {"RNN901": unused_suppression, "RNN902": not_checked}
"""The rules by code; they speak of files and comments, not of models."""
