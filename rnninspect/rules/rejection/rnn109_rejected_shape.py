"""RNN109: Keras rejects the shapes or the arguments of a layer."""

from __future__ import annotations

from collections.abc import Iterator

from rnninspect.diagnostics import Severity
from rnninspect.language import said
from rnninspect.rules.rejection.subject import Rejection
from rnninspect.rules.rule import Finding, rule


@rule("RNN109", Severity.ERROR, is_fallback=True)
def rejected_shape(rejection: Rejection) -> Iterator[Finding]:
    """Keras rejects the shapes or the arguments of a layer.

    ## Why is this bad?
    The layer cannot be built: Keras raises in this statement.

    ## Example
    ```python
    from keras import Input, Sequential
    from keras.layers import Reshape

    model = Sequential([Input((20, 6)), Reshape((7, 7))])
    ```

    ## Use instead
    ```python
    from keras import Input, Sequential
    from keras.layers import Reshape

    model = Sequential([Input((20, 6)), Reshape((10, 12))])
    ```
    """
    message = rejection.rejected.message.partition("\n")[0]
    yield Finding(
        said("`{layer}` is rejected: {message}", layer=rejection.node.layer, message=message),
        said("change its shape or arguments"),
    )
