"""RNN501: a model has more parameters than the settings allow."""

from __future__ import annotations

from collections.abc import Iterator

from rnninspect.diagnostics import Severity
from rnninspect.rules.analysed_model.budget import over_budget
from rnninspect.rules.analysed_model.subject import AnalysedModel
from rnninspect.rules.rule import Finding, RuleSettings, rule


@rule("RNN501", Severity.ERROR, setting="max_params")
def too_many_params(model: AnalysedModel, settings: RuleSettings) -> Iterator[Finding]:
    """A model has more parameters than the settings allow.

    ## Why is this bad?
    The project sets `max-params`, most often because a device or a service has no room for more.
    Only what is known is counted: a model of which a part is not known is reported when the known
    part alone is too large.

    ## What to do
    Use fewer units, a GRU instead of an LSTM (three quarters of the weights), or raise `max-params`
    in `[tool.rnninspect]`.

    ## Example
    ```toml
    max-params = 10_000
    ```
    ```python
    from keras import Input, Sequential
    from keras.layers import LSTM

    model = Sequential([Input((20, 6)), LSTM(64)])
    ```

    ## Use instead
    ```toml
    max-params = 10_000
    ```
    ```python
    from keras import Input, Sequential
    from keras.layers import LSTM

    model = Sequential([Input((20, 6)), LSTM(32)])
    ```
    """
    analysis = model.analysis
    yield from over_budget(analysis.name, analysis.total, settings.max_params, "params")
