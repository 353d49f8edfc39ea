"""The formulas beside the shapes of the stored weights."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from rnninspect.analysis.result import Analysis, Row
from rnninspect.analysis.stored import Shelf
from rnninspect.comparison.compare import Against, ComparedRow, Comparison, Status, skipped
from rnninspect.ir.weights import Weight
from rnninspect.sources.models import StoredTensor


def compare_stored(
    analysis: Analysis, shelf: Shelf | None, *, of_keras_1: bool = False
) -> Comparison:
    """Compare every row's weight shapes with the stored ones, as sets with repetition.

    The rows of an analysis made with the same shelf know their group in the file. Keras 1 stored
    each gate on its own, the axes of kernels in an order of the backend's, and the layers of nested
    models beside the others: there the sizes of the tensors are compared.
    """
    if shelf is None:
        return skipped(Against.STORED, "the source holds no weights")
    if of_keras_1:
        rows = tuple(_rows_of_keras_1(analysis.layers, shelf))
    else:
        rows = tuple(_rows(analysis.layers, shelf, ""))
    if not any(row.theirs for row in rows) and any(row.ours != 0 for row in rows):
        return skipped(Against.STORED, "the file holds no weights for these layers")
    counts = [row.theirs for row in rows if row.theirs is not None and "/" not in row.layer]
    status = Status.AGREE if all(row.agrees for row in rows) else Status.DISAGREE
    return Comparison(Against.STORED, status, params=sum(counts), rows=rows)


def _rows(rows: Sequence[Row], shelf: Shelf, prefix: str) -> Iterator[ComparedRow]:
    for row in rows:
        stored = shelf.in_group(row.stored_path)
        if row.stored_path is not None:
            yield _compared(row, stored, prefix + row.name)
        if stored:
            yield from _rows(row.children, shelf, f"{prefix}{row.name}/")


def _rows_of_keras_1(rows: Sequence[Row], shelf: Shelf) -> Iterator[ComparedRow]:
    for row in rows:
        stored = shelf.in_group(row.name)
        if row.children and not stored:
            yield from _rows_of_keras_1(row.children, shelf)
            continue
        theirs, ours = sum(tensor.numbers for tensor in stored), row.parameters.value
        stored_sizes = sorted(tensor.numbers for tensor in stored)
        weights = [owned.weight for owned in row.weights]
        together = sorted(w.count.value or 0 for w in weights)
        apart = sorted(w.one_copy.value or 0 for w in weights for _ in w.per or ("",))
        agrees = ours is None or row.counted_from_file or stored_sizes in (together, apart)
        differs = "" if agrees else f"weights: expected sizes {together}, found {stored_sizes}"
        yield ComparedRow(row.name, ours, theirs, agrees, differs)


def _compared(row: Row, stored: Sequence[StoredTensor], name: str) -> ComparedRow:
    theirs = sum(tensor.numbers for tensor in stored)
    ours = row.parameters.value
    if row.counted_from_file or ours is None:
        return ComparedRow(name, None if row.counted_from_file else ours, theirs, agrees=True)
    stored_shapes: Counter[tuple[int | None, ...]] = Counter(tensor.shape for tensor in stored)
    expected = _shapes(owned.weight for owned in row.weights)
    # A `.keras` file holds the kernel with low-rank adapters merged in; a legacy file holds all.
    merged = _shapes(o.weight for o in row.weights if not o.weight.name.startswith("lora_"))
    if stored_shapes in (expected, merged):
        return ComparedRow(name, ours, theirs, agrees=True)
    return ComparedRow(
        name, ours, theirs, agrees=False, differs_in=_difference(expected, stored_shapes)
    )


def _shapes(weights: Iterable[Weight]) -> Counter[tuple[int | None, ...]]:
    return Counter(weight.stored_shape for weight in weights)


def _difference(
    expected: Counter[tuple[int | None, ...]], stored: Counter[tuple[int | None, ...]]
) -> str:
    if not stored:
        return "weights: the file has none for it"
    missing = ", ".join(map(_shown, (expected - stored).elements())) or "none"
    extra = ", ".join(map(_shown, (stored - expected).elements())) or "none"
    return f"weights: expected {missing}, found {extra}"


def _shown(shape: tuple[int | None, ...]) -> str:
    return f"({', '.join(map(str, shape))}{',' if len(shape) == 1 else ''})"
