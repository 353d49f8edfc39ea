"""inspect(): everything about a source as data, and Inspection for whoever shows it as it comes."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Literal, Self

from rnninspect.analysis.analyse import analyse, analyse_as_read
from rnninspect.analysis.result import Analysis
from rnninspect.comparison.compare import Against, Comparison, skipped
from rnninspect.diagnostics import Diagnostic
from rnninspect.errors import BadRequest, RnnInspectError
from rnninspect.ir.model import Model
from rnninspect.opening import Source, open_source
from rnninspect.report import ModelReport, Report
from rnninspect.sources.formats import SourceFormat
from rnninspect.sources.limits import DEFAULT_TIMEOUT_SECONDS
from rnninspect.sources.models import Models, StoredWeights

if TYPE_CHECKING:  # most reports need none of these
    from rnninspect.analysis.stored import Shelf
    from rnninspect.keras_runtime.builder import Builder
    from rnninspect.keras_runtime.protocol import KerasRequest

Compare = Literal["all", "stored", "keras", "none"]


WITNESSES: Mapping[str, tuple[Against, ...]] = {
    "all": (Against.STORED, Against.KERAS),
    "stored": (Against.STORED,),
    "keras": (Against.KERAS,),
    "none": (),
}
"""The witnesses for each value of ``compare``, in the order in which they can answer."""


def inspect(
    source: Source,
    *,
    compare: Compare = "none",
    trust: bool = False,
    timeout_seconds: float = DEFAULT_TIMEOUT_SECONDS,
    batch: int | None = None,
    only: str | None = None,
    input_shape: Sequence[int | None] | None = None,
) -> Report:
    """Read a model and work out every shape and every parameter count.

    ``source`` is a path, ``"package.module:attribute"``, a config dict, or a live Keras model.
    ``compare`` adds what witnesses say: the shapes of the stored weights, Keras's own summary.
    ``trust`` lets Keras load files that name code. ``batch`` shows shapes for that many samples.
    ``only`` picks one model of a source that holds several. ``input_shape``, the batch not
    counted, replaces what a model that was never built does not state.

    Raises RnnInspectError for what cannot be read.
    """
    with Inspection(
        source,
        compare=compare,
        trust=trust,
        timeout_seconds=timeout_seconds,
        batch=batch,
        only=only,
        input_shape=input_shape,
    ) as inspection:
        return inspection.finish()


class Inspection:
    """A report in the making: ``report`` at once, then ``ask`` each witness.

    ``batch`` shows shapes for that many samples, ``only`` is the name of the one model to look at.
    Keras, where it is asked for, starts importing when this is made; leaving the ``with`` block
    ends it.
    """

    def __init__(
        self,
        source: Source,
        *,
        compare: Compare = "all",
        trust: bool = False,
        timeout_seconds: float = DEFAULT_TIMEOUT_SECONDS,
        batch: int | None = None,
        only: str | None = None,
        input_shape: Sequence[int | None] | None = None,
    ) -> None:
        if compare not in WITNESSES:
            raise BadRequest(f"compare={compare!r} is not known", "Use all, stored, keras or none.")
        self._source = source
        self.compare = compare
        self._batch = batch
        self._only = only
        self._input_shape = input_shape
        self._trust = trust
        self._timeout_seconds = timeout_seconds
        self._builder: Builder | None = None
        self._keras_skipped = ""

    def __enter__(self) -> Self:
        if self._asks_keras and _is_file(self._source):
            # Only who asks Keras pays for the import.
            from rnninspect.keras_runtime.builder import NOT_INSTALLED, Builder, keras_is_installed

            if keras_is_installed():
                self._builder = Builder(self._timeout_seconds)
            else:
                self._keras_skipped = NOT_INSTALLED
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._builder is not None:
            self._builder.stop()
            self._builder = None

    @property
    def _asks_keras(self) -> bool:
        return Against.KERAS in self.witnesses

    @cached_property
    def models(self) -> Models:
        """What the source holds."""
        models = open_source(self._source, timeout_seconds=self._timeout_seconds)
        if self._input_shape is not None:
            # Only `--input-shape` pays for the import.
            from rnninspect.ir.inputs import with_input_shape

            sizes = self._input_shape
            built = tuple(with_input_shape(model, sizes) for model in models.models)
            models = models._replace(models=built)
        if self._only is None:
            return models
        chosen = tuple(model for model in models.models if model.is_called(self._only))
        if not chosen:
            names = ", ".join(
                repr(model.name if model.binding is None else model.binding.name)
                for model in models.models
            )
            raise BadRequest(f"{models.path}: there is no model {self._only!r}", f"It has {names}.")
        return models._replace(models=chosen)

    @cached_property
    def report(self) -> Report:
        """Our own numbers, before any comparison."""
        models = self.models
        return Report(
            path=models.path,
            format=models.format,
            keras_version=models.keras_version,
            models=tuple(
                ModelReport(
                    self._shown(analysis), self._printed(analysis), self._findings(analysis)
                )
                for analysis in self._analyses
            ),
            notes=(*models.notes, *_notes_of(models)),
        )

    @cached_property
    def _analyses(self) -> tuple[Analysis, ...]:
        return tuple(self._analysis(model) for model in self.models.models)

    def _printed(self, analysis: Analysis) -> tuple[Comparison, ...]:
        """Compare a model with the summary that the notebook's cell printed, if it kept it."""
        tables = self.models.beside.get(analysis.model)
        if not tables or self.compare == "none":
            return ()
        # Only notebooks that kept their output pay for the import.
        from rnninspect.comparison.printed import compare_with_any

        return (compare_with_any(analysis, tables),)

    def _findings(self, analysis: Analysis) -> tuple[Diagnostic, ...]:
        if self.models.printed is None:
            # The rules on an AnalysedModel are about budgets, which a report does not have.
            return self._judged(_errors(analysis.model))
        # Only printed summaries pay for the imports.
        from rnninspect.rules.engine import check
        from rnninspect.rules.printed_summary.subject import PrintedSummary

        return tuple(check(PrintedSummary(analysis, self.models.path)))

    def _judged(self, errors: tuple[Diagnostic, ...]) -> tuple[Diagnostic, ...]:
        """Return errors as a notebook's own output lets them stand."""
        path = self.models.path
        if not errors or self.models.format is not SourceFormat.NOTEBOOK:
            return errors
        # Only notebooks with errors pay for the imports.
        from rnninspect.reader.text.code import pieces_of
        from rnninspect.rules.evidence import with_evidence

        data = Path(path).read_bytes()
        return tuple(with_evidence(errors, pieces_of(data, path), data, path))

    def _shown(self, analysis: Analysis) -> Analysis:
        if self._batch is None or self.models.printed is not None:
            return analysis
        # Only `--batch` pays for the import.
        from rnninspect.ir.inputs import with_batch

        return self._analysis(with_batch(analysis.model, self._batch))

    def _analysis(self, model: Model) -> Analysis:
        analysis = analyse_as_read(self.models, model)
        if self.models.stored is not None and any(row.unknown for row in analysis.layers):
            with suppress(RnnInspectError):  # damaged weights: the count stays unknown
                return analyse(model, self._shelf)
        return analysis

    @cached_property
    def _shelf(self) -> Shelf | None:
        if self.models.stored is None:
            return None
        # Only who asks for stored weights pays for the import.
        from rnninspect.analysis.stored import Shelf

        return Shelf.of(self._stored_weights)

    @cached_property
    def _stored_weights(self) -> StoredWeights:
        assert self.models.stored is not None
        return self.models.stored()

    def _objections(self) -> list[str]:
        """Return why the file must not be loaded with Keras; our own reading decides."""
        # Only a comparison pays for the import.
        from rnninspect.comparison.safety import unsafe_reasons

        if self._trust:
            return []
        reasons = unsafe_reasons(self.models.config)
        if self.models.stored is not None:
            try:
                reasons += self._stored_weights.notes
            except RnnInspectError as error:
                reasons.append(error.message)
        return reasons

    def _request(self, model: Model) -> KerasRequest | str:
        """Return what Keras is asked for, or why it must not get the model."""
        # Only a comparison pays for the imports.
        from rnninspect.keras_runtime.protocol import LoadConfig, LoadFile

        models = self.models
        if models.recipe is not None:
            return self._recipe(model)
        if models.for_keras is None:
            return "there is no file that Keras could load"
        if reasons := self._objections():
            more = f" (and {len(reasons) - 1} more)" if len(reasons) > 1 else ""
            return f"{reasons[0]}{more}; --trust loads it all the same"
        if isinstance(models.for_keras, Path):
            return LoadFile(str(models.for_keras), trust=self._trust)
        return LoadConfig(models.for_keras, trust=self._trust)

    def _recipe(self, model: Model) -> KerasRequest | str:
        # Only a comparison of a program pays for the imports.
        from rnninspect.comparison.safety import unsafe_reasons
        from rnninspect.keras_runtime.protocol import BuildRecipe
        from rnninspect.keras_runtime.rebuild import supports
        from rnninspect.sources.recipe import NotRebuildable

        assert self.models.recipe is not None
        try:
            recipe = self.models.recipe(model)
        except NotRebuildable as reason:
            return f"not all of it is known: {reason}"
        if not supports(recipe):
            return "it has an operation that cannot be built again"
        if reasons := unsafe_reasons(recipe):
            return reasons[0]
        return BuildRecipe(recipe)

    @property
    def witnesses(self) -> tuple[Against, ...]:
        """The witnesses to compare with, in the order in which they can answer."""
        return WITNESSES[self.compare]

    def ask(self, witness: Against) -> Comparison:
        """Compare the first model with one of ``witnesses``; Keras may take its time."""
        if witness is Against.KERAS:
            return self._compare_keras(self._analyses[0])
        return self._compare_stored(self._analyses[0])

    def _compare_stored(self, analysis: Analysis) -> Comparison:
        from rnninspect.comparison.stored import compare_stored

        if self.models.stored is None:
            return skipped(Against.STORED, "the source holds no weights")
        try:
            shelf = self._shelf
        except RnnInspectError as error:
            return skipped(Against.STORED, error.message)
        # As above.
        from rnninspect.sources.dialects import guessed_major, major_of

        config = self.models.config or {}
        major = major_of(self.models.keras_version) or guessed_major(config.get("config"))
        return compare_stored(analyse(analysis.model, shelf), shelf, of_keras_1=major == 1)

    def _compare_keras(self, analysis: Analysis) -> Comparison:
        from rnninspect.comparison.keras import compare_keras
        from rnninspect.keras_runtime.builder import KerasUnavailable
        from rnninspect.keras_runtime.protocol import Failed

        if self.models.summary is not None:
            return compare_keras(analysis, self.models.summary)
        if self._builder is None:
            return skipped(Against.KERAS, self._keras_skipped or "the model is not in a file")
        request = self._request(analysis.model)
        if isinstance(request, str):
            return skipped(Against.KERAS, request)
        try:
            reply = self._builder.ask(request)
        except KerasUnavailable as unavailable:
            return skipped(Against.KERAS, unavailable.reason)
        if not isinstance(reply, Failed):
            return compare_keras(analysis, reply)
        what = "rejects it too" if _errors(analysis.model) else "could not load it"
        return skipped(Against.KERAS, f"Keras {what}: {reply.line}", reply.engine)

    def finish(self) -> Report:
        """Return the report with all comparisons."""
        report = self.report
        first, *others = report.models
        asked = tuple(map(self.ask, self.witnesses))
        done = first._replace(comparisons=(*first.comparisons, *asked))
        return report._replace(models=(done, *others))


def _errors(model: Model) -> tuple[Diagnostic, ...]:
    """Return what Keras would reject in a model, in the words of the installed Keras."""
    if all(use.rejected is None for use in model.reference.values()):
        return ()
    # Only what is wrong pays for the imports.
    from rnninspect.rules.keras_words import installed_major
    from rnninspect.rules.models import check_layer_calls
    from rnninspect.rules.rule import RuleSettings

    return tuple(check_layer_calls(model, RuleSettings(keras_major=installed_major())))


def _notes_of(models: Models) -> Iterator[str]:
    for model in models.models:
        yield from model.notes
        if model.lacks_input_shape:
            yield (
                f"{model.name} states no input shape, so what depends on it is unknown; "
                "pass one: --input-shape 20,6"
            )


def _is_file(source: Source) -> bool:
    """Whether Keras may be asked about it in a process of its own."""
    if isinstance(source, str):
        return source == "-" or Path(source).is_file()
    return isinstance(source, os.PathLike | Mapping | Models)
