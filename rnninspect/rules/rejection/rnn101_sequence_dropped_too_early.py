"""RNN101: a recurrent layer needs a sequence, but an earlier one returns only its last step."""

from __future__ import annotations

from collections.abc import Iterator

from rnninspect.diagnostics import Change, ChangeKind, Severity
from rnninspect.language import said
from rnninspect.rules.rejection.blame import cause_of, dropper_of
from rnninspect.rules.rejection.subject import Rejection, recurrence_of
from rnninspect.rules.rule import Finding, rule


@rule("RNN101", Severity.ERROR, fix="safe")
def sequence_dropped_too_early(rejection: Rejection) -> Iterator[Finding]:
    """A recurrent layer needs a sequence, but an earlier one returns only its last step.

    ## Why is this bad?
    Without `return_sequences=True` a recurrent layer returns `(batch, units)`, the output of the
    last timestep. The next recurrent layer needs `(batch, timesteps, features)`, so Keras raises.

    ## Example
    ```python
    from keras import Input, Sequential
    from keras.layers import LSTM, SimpleRNN

    model = Sequential([Input((20, 6)), SimpleRNN(16), LSTM(32)])
    ```

    ## Use instead
    ```python
    from keras import Input, Sequential
    from keras.layers import LSTM, SimpleRNN

    model = Sequential([Input((20, 6)), SimpleRNN(16, return_sequences=True), LSTM(32)])
    ```
    """
    cause = dropper_of(rejection)
    if recurrence_of(rejection.operation) is None or cause is None:
        return
    if recurrence_of(cause.operation) is None:
        return
    between = [step.node.layer for step in rejection.upstream[: rejection.upstream.index(cause)]]
    layer, by = rejection.node.layer, cause.node.layer
    message = said(
        "`{layer}` needs a sequence, but `{by}` returns only its last step", layer=layer, by=by
    )
    if between:
        through = ", ".join(f"`{name}`" for name in reversed(between))
        message = said("{message} (through {through})", message=message, through=through)
    yield Finding(
        message,
        said("pass return_sequences=True to {layer}", layer=by),
        cause_of(cause, said("keeps only the last step: {shape}", shape=cause.after)),
        Change(ChangeKind.RETURN_SEQUENCES, True),
    )
