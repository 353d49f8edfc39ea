"""RNN502: the weights of a model take more bytes than the settings allow."""

from __future__ import annotations

from collections.abc import Iterator

from rnninspect.diagnostics import Severity
from rnninspect.rules.analysed_model.budget import over_budget
from rnninspect.rules.analysed_model.subject import AnalysedModel
from rnninspect.rules.rule import Finding, RuleSettings, rule


@rule("RNN502", Severity.ERROR, setting="max_bytes")
def too_many_bytes(model: AnalysedModel, settings: RuleSettings) -> Iterator[Finding]:
    """The weights of a model take more bytes than the settings allow.

    ## Why is this bad?
    The project sets `max-bytes`, most often because a device or a service has no room for more.

    ## What to do
    Use fewer units or a smaller dtype, or raise `max-bytes` in `[tool.rnninspect]`.

    ## Example
    ```toml
    max-bytes = 10_000
    ```
    ```python
    from keras import Input, Sequential
    from keras.layers import GRU

    model = Sequential([Input((20, 6)), GRU(32)])
    ```

    ## Use instead
    ```toml
    max-bytes = 10_000
    ```
    ```python
    from keras import Input, Sequential
    from keras.layers import GRU

    model = Sequential([Input((20, 6)), GRU(16)])
    ```
    """
    analysis = model.analysis
    yield from over_budget(analysis.name, analysis.bytes, settings.max_bytes, "bytes")
