"""ModelInTraining: a model with its loss, its optimizer and the shapes of the data it is fed."""

from __future__ import annotations

from typing import NamedTuple

from rnninspect.diagnostics import Diagnostic, Place
from rnninspect.ir.model import Model
from rnninspect.ir.shape import Shape
from rnninspect.rules.rule import Finding, Rule, RuleSettings


class ModelInTraining(NamedTuple):
    """One call of ``fit``, ``evaluate`` or ``train_on_batch``, as far as it is known.

    ``losses`` are the names of Keras's losses, snake_case, one for each output of the model;
    ``optimizer`` is the name of the class. An unknown name is None. ``inputs`` and ``targets`` are
    the shapes of the arrays, ``(samples, ...)``, in the order of the model's inputs and outputs.
    """

    model: Model
    losses: tuple[str | None, ...] = ()
    optimizer: str | None = None
    inputs: tuple[Shape, ...] = ()
    targets: tuple[Shape, ...] = ()
    place: Place = Place()

    @property
    def has_one_finding(self) -> bool:
        """Whether one rule is enough: False, every rule may report."""
        return False

    def diagnostic(self, finding: Finding, rule: Rule, settings: RuleSettings) -> Diagnostic:
        """Return a finding with the model and the place of the call."""
        return Diagnostic(
            code=rule.code,
            name=rule.name,
            severity=rule.severity,
            message=finding.message,
            place=finding.place or self.place,
            model=self.model.name,
            layer=finding.layer,
            help=finding.help,
            cause=finding.cause,
            change=finding.change,
        )
