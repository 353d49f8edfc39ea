"""Subjects of rules, made from short programs."""

from __future__ import annotations

from rnninspect.analysis.analyse import analyse
from rnninspect.diagnostics import Diagnostic
from rnninspect.fixing.fix import read_text
from rnninspect.rules.analysed_model.subject import AnalysedModel
from rnninspect.rules.rejection.subject import Rejection, rejections
from rnninspect.rules.rule import DEFAULT_SETTINGS, RuleSettings

HEAD = "from keras import *\nfrom keras.layers import *\n"


def errors_in(body: str, settings: RuleSettings = DEFAULT_SETTINGS) -> tuple[Diagnostic, ...]:
    """Return what Keras would reject in a program; its first line has the number 3."""
    return read_text((HEAD + body).encode(), "p.py", settings=settings).errors


def error_in(body: str) -> Diagnostic:
    """Return the only error of a program."""
    (error,) = errors_in(body)
    return error


def error_in_stack(layers: str) -> Diagnostic:
    """Return the only error of a Sequential model, which stands on line 3."""
    return error_in(f"model = Sequential([{layers}])\n")


def rejection_in_stack(layers: str) -> Rejection:
    """Return the only rejected layer call of a Sequential model."""
    reading = read_text(f"{HEAD}model = Sequential([{layers}])\n".encode(), "p.py")
    (rejection,) = (r for model in reading.program.rejected for r in rejections(model))
    return rejection


def analysed_stack(layers: str) -> AnalysedModel:
    """Return a Sequential model after its analysis."""
    reading = read_text(f"{HEAD}model = Sequential([{layers}])\n".encode(), "p.py")
    (model,) = reading.program.models
    return AnalysedModel(analyse(model))
