"""RNN124: `input_shape` is a number and not a tuple."""

from __future__ import annotations

from collections.abc import Iterator

from rnninspect.diagnostics import Change, ChangeKind, Severity
from rnninspect.language import said
from rnninspect.rules.rejection.subject import Rejection
from rnninspect.rules.rule import Finding, rule


@rule("RNN124", Severity.ERROR, fix="safe")
def input_shape_not_a_tuple(rejection: Rejection) -> Iterator[Finding]:
    """`input_shape` is a number and not a tuple.

    ## Why is this bad?
    Parentheses alone do not make a tuple: `(20)` is the number 20, `(20,)` is the shape with one
    axis of size 20.

    ## Example
    ```python
    from keras import Sequential
    from keras.layers import Dense

    model = Sequential([Dense(4, input_shape=(20))])
    ```

    ## Use instead
    ```python
    from keras import Sequential
    from keras.layers import Dense

    model = Sequential([Dense(4, input_shape=(20,))])
    ```
    """
    misfit = rejection.misfit
    if misfit is None or misfit.kind != "not a tuple":
        return
    yield Finding(
        said(
            "`{argument}` of `{layer}` is a number and not a tuple",
            argument=misfit.argument,
            layer=rejection.node.layer,
        ),
        said("write a comma: (20,) is a tuple, (20) is the number 20"),
        change=Change(ChangeKind.TUPLE, misfit.argument),
    )
