"""check_layer_calls, check_analysed: the two kinds of findings that every model can have."""

from __future__ import annotations

from collections.abc import Iterator

from rnninspect.diagnostics import Diagnostic
from rnninspect.ir.model import Model
from rnninspect.rules.engine import check, has_rules
from rnninspect.rules.rule import DEFAULT_SETTINGS, RuleSettings


def check_layer_calls(
    model: Model, settings: RuleSettings = DEFAULT_SETTINGS
) -> Iterator[Diagnostic]:
    """Yield what Keras would reject in a model: one diagnostic for each rejected layer call."""
    if all(use.rejected is None for use in model.reference.values()):
        return
    # Only what is wrong pays for the import.
    from rnninspect.rules.rejection.subject import rejections

    for rejection in rejections(model):
        yield from check(rejection, settings)


def check_analysed(
    model: Model, settings: RuleSettings = DEFAULT_SETTINGS, path: str | None = None
) -> Iterator[Diagnostic]:
    """Yield what the rules on analysed models find; a model is analysed only if any would run.

    ``path`` is the file of a model that does not know it.
    """
    # Checks of rejected programs do not pay for the import.
    from rnninspect.rules.analysed_model.subject import AnalysedModel

    if has_rules(AnalysedModel, settings):
        # As above.
        from rnninspect.analysis.analyse import analyse

        yield from check(AnalysedModel(analyse(model), path), settings)
