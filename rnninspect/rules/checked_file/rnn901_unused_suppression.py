"""RNN901: a comment turns findings off where there are none."""

from __future__ import annotations

from collections.abc import Iterator

from rnninspect.diagnostics import Severity
from rnninspect.language import said
from rnninspect.rules.checked_file.subject import CheckedFile
from rnninspect.rules.rule import Finding, rule


@rule("RNN901", Severity.HINT)
def unused_suppression(file: CheckedFile) -> Iterator[Finding]:
    """A comment silences findings where there are none.

    ## Why is this bad?
    A `# noqa` that silences nothing hides the next mistake on its line. It is left over from a
    finding that was fixed.

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
    for suppression in file.unused:
        if not suppression.codes and not suppression.is_region:
            continue  # a bare noqa may be meant for another linter
        codes = ", ".join(suppression.codes)
        comment = "# rnninspect: off" if suppression.is_region else f"# noqa: {codes}"
        yield Finding(
            said("`{comment}` silences nothing", comment=comment),
            said("take the comment out"),
            place=suppression.place,
        )
