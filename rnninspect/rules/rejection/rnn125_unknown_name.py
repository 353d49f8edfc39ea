"""RNN125: an activation, initializer, regularizer or constraint has an unknown name."""

from __future__ import annotations

from collections.abc import Iterator

from rnninspect.diagnostics import Severity
from rnninspect.language import said
from rnninspect.layers.identifiers import accepted_names, family_of
from rnninspect.layers.miscalled import Miscalled
from rnninspect.rules.rejection.similar import most_similar
from rnninspect.rules.rejection.subject import Rejection
from rnninspect.rules.rule import Finding, rule


@rule("RNN125", Severity.ERROR)
def unknown_name(rejection: Rejection) -> Iterator[Finding]:
    """An activation, initializer, regularizer or constraint has an unknown name.

    ## Why is this bad?
    Keras looks the name up when it makes the layer, and raises if it has nothing of that name.

    ## Example
    ```python
    from keras import Input, Sequential
    from keras.layers import LSTM, Dense

    model = Sequential([Input((20, 6)), LSTM(32), Dense(4, activation="sofmax")])
    ```

    ## Use instead
    ```python
    from keras import Input, Sequential
    from keras.layers import LSTM, Dense

    model = Sequential([Input((20, 6)), LSTM(32), Dense(4, activation="softmax")])
    ```
    """
    misfit, operation = rejection.misfit, rejection.operation
    if misfit is None or misfit.kind != "unknown name" or not isinstance(operation, Miscalled):
        return
    family = family_of(misfit.argument)
    valid_names = None if family is None else accepted_names(family, "3")
    similar = most_similar(misfit.value, sorted(valid_names or ()))
    yield Finding(
        said(
            "`{argument}` of {layer} has an unknown name: {name}",
            argument=misfit.argument,
            layer=operation.written_class,
            name=repr(misfit.value),
        ),
        said("pass a name that Keras knows, or the function itself")
        if similar is None
        else said("did you mean `{argument}`?", argument=similar),
    )
