"""RNN106: a layer for sequences, such as TimeDistributed or Conv1D, is fed with a vector."""

from __future__ import annotations

from collections.abc import Iterator

from rnninspect.diagnostics import Change, ChangeKind, Severity
from rnninspect.language import said
from rnninspect.rules.rejection.blame import dropper_of, finding_about
from rnninspect.rules.rejection.subject import Rejection, recurrence_of
from rnninspect.rules.rule import Finding, rule


@rule("RNN106", Severity.ERROR, fix="safe")
def vector_into_sequence_layer(rejection: Rejection) -> Iterator[Finding]:
    """A layer for sequences, such as TimeDistributed or Conv1D, is fed with a vector.

    ## Why is this bad?
    `TimeDistributed`, `Conv1D` and 1-D pooling work along the timesteps and need
    `(batch, timesteps, features)`. After a recurrent layer without `return_sequences=True` there
    are no timesteps left.

    ## Example
    ```python
    from keras import Input, Sequential
    from keras.layers import LSTM, Dense, TimeDistributed

    model = Sequential([Input((20, 6)), LSTM(32), TimeDistributed(Dense(4))])
    ```

    ## Use instead
    ```python
    from keras import Input, Sequential
    from keras.layers import LSTM, Dense, TimeDistributed

    model = Sequential(
        [Input((20, 6)), LSTM(32, return_sequences=True), TimeDistributed(Dense(4))]
    )
    ```
    """
    if rejection.rejected.expected_ndim != 3 or not rejection.lacks_axes:
        return
    if recurrence_of(rejection.operation) is not None:
        return
    name = rejection.node.layer
    yield finding_about(
        dropper_of(rejection),
        said(
            "`{layer}` works on sequences, but gets a vector: {shape}",
            layer=name,
            shape=rejection.input_shape,
        ),
        said("give {layer} a sequence: (batch, timesteps, features)", layer=name),
        "pass return_sequences=True to {layer}",
        Change(ChangeKind.RETURN_SEQUENCES, True),
    )
