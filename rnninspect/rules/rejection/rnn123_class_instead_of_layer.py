"""RNN123: a class is passed where a layer is needed."""

from __future__ import annotations

from collections.abc import Iterator

from rnninspect.diagnostics import Change, ChangeKind, Severity
from rnninspect.language import said
from rnninspect.layers import registry
from rnninspect.layers.calls import required
from rnninspect.rules.rejection.subject import Rejection
from rnninspect.rules.rule import Finding, rule


@rule("RNN123", Severity.ERROR, fix="safe")
def class_instead_of_layer(rejection: Rejection) -> Iterator[Finding]:
    """A class is passed where a layer is needed.

    ## Why is this bad?
    `LSTM` is a class; `LSTM(32)` is a layer. A model and a wrapper take layers, which have their
    units and their other arguments.

    ## Example
    ```python
    from keras import Input, Sequential
    from keras.layers import LSTM, Bidirectional, Dense

    model = Sequential([Input((20, 6)), Bidirectional(LSTM), Dense(4)])
    ```

    ## Use instead
    ```python
    from keras import Input, Sequential
    from keras.layers import LSTM, Bidirectional, Dense

    model = Sequential([Input((20, 6)), Bidirectional(LSTM(32)), Dense(4)])
    ```
    """
    misfit = rejection.misfit
    if misfit is None or misfit.kind != "class for layer":
        return
    name = misfit.argument
    message = said("`{layer}` is a class, but a layer is needed here", layer=name)
    declaration = registry.find(name)
    needed = () if declaration is None else required(declaration)
    if needed:
        written = f"{name}({', '.join(needed)})"
        yield Finding(message, said("make a layer of the class: {written}", written=written))
        return
    yield Finding(
        message,
        said("make a layer of the class: {written}", written=f"{name}()"),
        change=None if declaration is None else Change(ChangeKind.CALL, name),
    )
