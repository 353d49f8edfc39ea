"""RNN102: a recurrent layer needs a sequence, but another kind of layer ended it."""

from __future__ import annotations

from collections.abc import Iterator

from rnninspect.diagnostics import Change, ChangeKind, Severity
from rnninspect.language import said
from rnninspect.rules.rejection.blame import cause_of, dropper_of
from rnninspect.rules.rejection.subject import Rejection, recurrence_of
from rnninspect.rules.rule import Finding, rule


@rule("RNN102", Severity.ERROR, fix="unsafe")
def sequence_lost(rejection: Rejection) -> Iterator[Finding]:
    """A recurrent layer needs a sequence, but something other than a recurrent layer ended it.

    ## Why is this bad?
    `Flatten`, global pooling or a slice leaves `(batch, features)`; a recurrent layer needs
    `(batch, timesteps, features)`, so Keras raises. After an encoder, `RepeatVector` makes a
    sequence of its vector again.

    ## Example
    ```python
    from keras import Input, Sequential
    from keras.layers import LSTM, Flatten

    model = Sequential([Input((20, 6)), Flatten(), LSTM(32)])
    ```

    ## Use instead
    ```python
    from keras import Input, Sequential
    from keras.layers import LSTM

    model = Sequential([Input((20, 6)), LSTM(32)])
    ```
    """
    cause = dropper_of(rejection)
    if recurrence_of(rejection.operation) is None or cause is None:
        return
    name = cause.node.layer
    yield Finding(
        said(
            "`{layer}` needs a sequence, but `{by}` ended it", layer=rejection.node.layer, by=name
        ),
        said(
            "leave {by} out before {layer}, or put RepeatVector(timesteps) after it",
            layer=rejection.node.layer,
            by=name,
        ),
        cause_of(cause, said("ends the sequence: {shape}", shape=cause.after)),
        Change(ChangeKind.OMIT, True),
    )
