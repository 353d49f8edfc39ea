"""RNN120: a layer gets a keyword argument that it does not know."""

from __future__ import annotations

from collections.abc import Iterator

from rnninspect.diagnostics import Change, ChangeKind, Severity
from rnninspect.language import said
from rnninspect.layers.miscalled import Miscalled
from rnninspect.rules.rejection.similar import most_similar
from rnninspect.rules.rejection.subject import Rejection
from rnninspect.rules.rule import Finding, rule


@rule("RNN120", Severity.ERROR, fix="safe")
def unknown_keyword(rejection: Rejection) -> Iterator[Finding]:
    """A layer gets a keyword argument that it does not know.

    ## Why is this bad?
    The constructor raises before any layer is made. Mostly the name has a spelling mistake: every
    argument has exactly one name, such as `return_sequences` with an s at its end.

    ## Example
    ```python
    from keras import Input, Sequential
    from keras.layers import LSTM, Dense

    model = Sequential([Input((20, 6)), LSTM(32, return_sequence=True), Dense(4)])
    ```

    ## Use instead
    ```python
    from keras import Input, Sequential
    from keras.layers import LSTM, Dense

    model = Sequential([Input((20, 6)), LSTM(32, return_sequences=True), Dense(4)])
    ```
    """
    misfit, operation = rejection.misfit, rejection.operation
    if misfit is None or misfit.kind != "unknown keyword" or not isinstance(operation, Miscalled):
        return
    if operation.inner_class:
        return
    message = said(
        "{layer} has no argument `{argument}`",
        layer=operation.written_class,
        argument=misfit.argument,
    )
    candidates = [name for name in misfit.accepted if name not in operation.passed]
    similar = most_similar(misfit.argument, candidates)
    if similar is None:
        yield Finding(message, said("remove the argument `{argument}`", argument=misfit.argument))
        return
    yield Finding(
        message,
        said("did you mean `{argument}`?", argument=similar),
        change=Change(ChangeKind.RENAME, (misfit.argument, similar)),
    )
