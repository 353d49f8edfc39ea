"""RNN108: the states of a recurrent layer are not used as what they are."""

from __future__ import annotations

from collections.abc import Iterator

from rnninspect.diagnostics import Severity
from rnninspect.language import said
from rnninspect.layers.unmodelled import STATES, UNPACKING
from rnninspect.rules.rejection.blame import cause_of
from rnninspect.rules.rejection.subject import Rejection, recurrence_of
from rnninspect.rules.rule import Finding, rule


@rule("RNN108", Severity.ERROR)
def states_do_not_fit(rejection: Rejection) -> Iterator[Finding]:
    """The states of a recurrent layer are not used as what they are.

    ## Why is this bad?
    With `return_state=True` a layer returns a list: its output, then its states. A layer that
    takes one tensor cannot take that list.

    ## Example
    ```python
    from keras import Input, Model
    from keras.layers import LSTM, Dense

    x = Input((20, 6))
    y = LSTM(8, return_state=True)(x)
    model = Model(x, Dense(1)(y))
    ```

    ## Use instead
    ```python
    from keras import Input, Model
    from keras.layers import LSTM, Dense

    x = Input((20, 6))
    y, state_h, state_c = LSTM(8, return_state=True)(x)
    model = Model(x, Dense(1)(y))
    ```
    """
    cause = next((s for s in rejection.upstream if recurrence_of(s.operation) is not None), None)
    if rejection.operation.class_name == STATES and cause is not None:
        yield Finding(
            said(
                "the initial states do not fit: {reason}",
                reason=rejection.rejected.message.partition(":")[0],
            ),
            said(
                "pass an LSTM its two states and other layers one, each as wide as the layer; "
                "Bidirectional takes those of both directions"
            ),
            cause_of(cause, said("gets these states")),
        )
    if rejection.operation.class_name == UNPACKING and cause is not None:
        name = cause.node.layer
        yield Finding(
            said("`{layer}` does not return as many values as are unpacked here", layer=name),
            said(
                "with return_state=True {layer} returns its output and its states, without it one "
                "tensor",
                layer=name,
            ),
            cause_of(cause, said("is unpacked")),
        )
    if "input tensors" not in rejection.rejected.message:
        return
    if cause is None or not getattr(recurrence_of(cause.operation), "return_state", False):
        return
    name = cause.node.layer
    yield Finding(
        said(
            "`{layer}` takes one tensor, but `{by}` returns its states too",
            layer=rejection.node.layer,
            by=name,
        ),
        said(
            "take the output apart: output, *states = {layer}(...), and pass the output on",
            layer=name,
        ),
        cause_of(cause, said("returns its output and its states")),
    )
