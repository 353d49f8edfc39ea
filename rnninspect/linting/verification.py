"""verify: real Keras builds what was understood of a program, and confirms or denies each error."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from rnninspect.analysis.analyse import analyse
from rnninspect.comparison.compare import Status
from rnninspect.comparison.keras import compare_keras
from rnninspect.comparison.safety import unsafe_reasons
from rnninspect.diagnostics import Diagnostic
from rnninspect.ir.model import Model
from rnninspect.json_values import Json
from rnninspect.keras_runtime.builder import Builder
from rnninspect.keras_runtime.protocol import BuildRecipe, Failed
from rnninspect.keras_runtime.rebuild import supports
from rnninspect.reader.program import Program
from rnninspect.rules.models import check_layer_calls
from rnninspect.sources.keras_summary import KerasSummary
from rnninspect.sources.recipe import NotRebuildable, recipe_of


class Verification(NamedTuple):
    """How often Keras agreed, and where it did not."""

    engine: str = ""
    confirmed: int = 0
    """Errors that Keras raises too."""
    built: int = 0
    """Models that Keras builds with our shapes and counts."""
    not_asked: int = 0
    """Models of which not all is known, so that Keras cannot build them."""
    contradictions: tuple[str, ...] = ()

    def plus(self, other: Verification) -> Verification:
        """Return the sum of two."""
        return Verification(
            other.engine or self.engine,
            self.confirmed + other.confirmed,
            self.built + other.built,
            self.not_asked + other.not_asked,
            self.contradictions + other.contradictions,
        )

    def to_dict(self) -> dict[str, Json]:
        """Return the JSON form."""
        return {**self._asdict(), "contradictions": list(self.contradictions)}


def verify(
    program: Program, diagnostics: Iterable[Diagnostic], builder: Builder
) -> tuple[tuple[Diagnostic, ...], Verification]:
    """Return the findings, each error with what Keras says, and the count of all verdicts.

    Raises KerasUnavailable.
    """
    verification = Verification()
    verdicts: dict[object, tuple[bool, str]] = {}
    for model in program.rejected:
        reply = _ask(program, model, builder)
        if reply is None:
            verification = verification.plus(Verification(not_asked=1))
            continue
        rejected = [model.reference[node.layer, node.call].rejected for node in model.in_order]
        failed = reply if isinstance(reply, Failed) else None
        at = failed.node if failed is not None else None
        if at is not None and at < len(rejected) - 1 and rejected[at] is not None:
            # Keras does not reach this layer call: an earlier mistake ends the program.
            verification = verification.plus(Verification(not_asked=1))
            continue
        *_, error = check_layer_calls(model)
        confirmed = at == len(rejected) - 1
        verdicts[error.place, error.code] = confirmed, failed.message if failed is not None else ""
        contradictions: tuple[str, ...] = ()
        if not confirmed:
            instead = f"raises elsewhere: {failed.message}" if failed is not None else "builds it"
            contradictions = (f"{_where(model)}: we say {error.code}, Keras {instead}",)
        verification = verification.plus(
            Verification(reply.engine or "", int(confirmed), contradictions=contradictions)
        )
    for model in program.models:
        if any(use.rejected for use in model.reference.values()):
            continue
        verification = verification.plus(_of_built(program, model, builder))
    shown = tuple(
        d._replace(verified=verdicts[key][0], keras_error=verdicts[key][1] or d.keras_error)
        if (key := (d.place, d.code)) in verdicts
        else d
        for d in diagnostics
    )
    return shown, verification


def _of_built(program: Program, model: Model, builder: Builder) -> Verification:
    reply = _ask(program, model, builder)
    if reply is None:
        return Verification(not_asked=1)
    engine = reply.engine or ""
    if isinstance(reply, Failed):
        text = f"{_where(model)}: we find nothing wrong, Keras raises {reply.message}"
        return Verification(engine, contradictions=(text,))
    comparison = compare_keras(analyse(model), reply)
    if comparison.status is Status.DISAGREE:
        rows = "; ".join(
            f"{row.layer}: {row.differs_in}" for row in comparison.rows if not row.agrees
        )
        return Verification(engine, contradictions=(f"{_where(model)}: {rows}",))
    return Verification(engine, built=1)


def _ask(program: Program, model: Model, builder: Builder) -> KerasSummary | Failed | None:
    """Return what Keras says about a model; None if not enough is known to build it."""
    try:
        recipe = recipe_of(model, program.written)
    except NotRebuildable:
        return None
    if not supports(recipe) or unsafe_reasons(recipe):
        return None
    return builder.ask(BuildRecipe(recipe))


def _where(model: Model) -> str:
    place = model.place
    cell = "" if place.cell is None else f"cell {place.cell}:"
    return f"{place.path}:{cell}{place.line}"
