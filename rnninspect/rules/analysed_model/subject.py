"""AnalysedModel: a model with every shape and count that could be worked out."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rnninspect.diagnostics import Diagnostic, Place
from rnninspect.rules.rule import Finding, Rule, RuleSettings

if TYPE_CHECKING:  # whether a model is analysed depends on the rules
    from rnninspect.analysis.result import Analysis


class AnalysedModel(NamedTuple):
    """A model after inference; a finding about a layer is placed where that layer is called."""

    analysis: Analysis
    path: str | None = None
    """The file the model was read from, where its places have none."""

    @property
    def has_one_finding(self) -> bool:
        """Whether one rule is enough: False, every rule may report."""
        return False

    @property
    def builds(self) -> bool:
        """Whether Keras accepts every layer call; what is silently wrong needs that."""
        return all(use.rejected is None for use in self.analysis.model.reference.values())

    def place_of(self, layer: str | None) -> Place:
        """Return where a layer is called first; where the model is made if that is unknown."""
        model = self.analysis.model
        places = (node.place for node in model.nodes if node.layer == layer)
        place = next((place for place in places if place != Place()), model.place)
        return place if place.path is not None else place._replace(path=self.path)

    def diagnostic(self, finding: Finding, rule: Rule, settings: RuleSettings) -> Diagnostic:
        """Return a finding with the model and the place of its layer."""
        return Diagnostic(
            code=rule.code,
            name=rule.name,
            severity=rule.severity,
            message=finding.message,
            place=finding.place or self.place_of(finding.layer),
            model=self.analysis.model.name,
            layer=finding.layer,
            help=finding.help,
            cause=finding.cause,
            change=finding.change,
        )
