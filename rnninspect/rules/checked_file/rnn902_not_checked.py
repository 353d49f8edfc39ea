"""RNN902: a file could not be checked to its end."""

from __future__ import annotations

from collections.abc import Iterator

from rnninspect.diagnostics import Severity
from rnninspect.language import said
from rnninspect.rules.checked_file.subject import CheckedFile
from rnninspect.rules.rule import Finding, rule


@rule("RNN902", Severity.HINT)
def not_checked(file: CheckedFile) -> Iterator[Finding]:
    """A file could not be checked to its end: the time was up, or rnninspect failed.

    ## Why is this bad?
    Mistakes in this file are not found. The other files are checked as usual.

    ## What to do
    Give it more time with `--timeout`. If rnninspect failed, please report it: that is never the
    fault of the file.

    ## Example
    ```sh
    rnninspect check-stack --timeout 0.0001 train.py
    ```
    ```python
    from keras import Input, Sequential
    from keras.layers import LSTM

    model = Sequential([Input((20, 6)), LSTM(32)])
    ```

    ## Use instead
    ```sh
    rnninspect check-stack --timeout 60 train.py
    ```
    ```python
    from keras import Input, Sequential
    from keras.layers import LSTM

    model = Sequential([Input((20, 6)), LSTM(32)])
    ```
    """
    if file.interruption:
        yield Finding(
            said("this file was not checked to its end: {why}", why=file.interruption),
            said("see the error for what to do"),
        )
