"""HDF5: the config and the shapes of stored tensors, never the tensors themselves.

Links out of the file are not followed: external links, soft links and external storage stay
untouched, and are named in a note.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from functools import partial
from pathlib import Path

import h5py

from rnninspect.errors import NotAModel, TooLarge, UnreadableSource
from rnninspect.sources.config import read_config, read_weights_only
from rnninspect.sources.formats import SourceFormat
from rnninspect.sources.limits import MAX_CONFIG_BYTES
from rnninspect.sources.models import Models, StoredTensor, StoredWeights, WeightLayout
from rnninspect.sources.saved_json import parse

MAX_STORED_TENSORS = 1_000_000
MAX_GROUP_LEVELS = 200


def read_hdf5(path: Path, shown: str) -> Models:
    """Return the model in a legacy ``.h5`` file: config and weights in one HDF5 file."""
    try:
        with h5py.File(path, "r") as file:
            config = _text(file.attrs.get("model_config"))
            version = _text(file.attrs.get("keras_version"))
            holds_weights = bool(file.attrs.get("layer_names") is not None or len(file))
    except (OSError, RuntimeError, KeyError, ValueError) as error:
        raise _unreadable(shown, error) from None
    if config is None:
        stored = read_weights(path, shown) if holds_weights else None
        if stored is None or not stored.tensors:
            raise NotAModel(
                f"{shown}: this HDF5 file holds no model",
                "Save the whole model with `model.save(...)`.",
            )
        return _weights_only(stored, path, shown, version)
    if len(config) > MAX_CONFIG_BYTES:
        raise TooLarge(f"{shown}: the config is over {MAX_CONFIG_BYTES:,} bytes")
    parsed = parse(config.encode("utf-8", "surrogateescape"), f"{shown}: model_config")
    return Models(
        path=shown,
        format=SourceFormat.HDF5,
        models=(read_config(parsed, shown, version),),
        keras_version=version,
        config=parsed if isinstance(parsed, Mapping) else None,
        stored=partial(read_weights, path, shown),
        for_keras=path,
    )


def _weights_only(stored: StoredWeights, path: Path, shown: str, version: str | None) -> Models:
    """Return the models of a file of weights alone, by the groups of the layers."""
    tensors = tuple(
        tensor._replace(path=_without_container(tensor.path)) for tensor in stored.tensors
    )
    groups = list(dict.fromkeys(tensor.path.partition("/")[0] for tensor in tensors))
    return Models(
        path=shown,
        format=SourceFormat.HDF5,
        models=(read_weights_only(path.name.split(".")[0], groups, shown),),
        keras_version=version,
        stored=lambda: StoredWeights(WeightLayout.LEGACY, tensors, stored.notes),
    )


def _without_container(path: str) -> str:
    first, slash, rest = path.partition("/")
    if first in ("layers", "_layer_checkpoint_dependencies") and slash:
        return rest
    return path if slash else f"{path}/{path}"


def read_weights(file: Path | io.IOBase, shown: str) -> StoredWeights:
    """Return the stored tensors of a weights file or legacy ``.h5`` file: path, shape, dtype."""
    if isinstance(file, io.RawIOBase):
        file = io.BufferedReader(file)
    try:
        with h5py.File(file, "r") as opened:
            is_legacy = "model_weights" in opened
            root = opened.get("model_weights", opened)
            tensors, notes = _walk(root)
    except (OSError, RuntimeError, KeyError, ValueError) as error:
        raise _unreadable(shown, error) from None
    layout = WeightLayout.LEGACY if is_legacy else WeightLayout.KERAS
    return StoredWeights(layout, tuple(tensors), tuple(notes))


def _walk(root: h5py.Group) -> tuple[list[StoredTensor], list[str]]:
    tensors: list[StoredTensor] = []
    notes: list[str] = []
    stack: list[tuple[str, h5py.Group, int]] = [("", root, 0)]
    visited: set[int] = set()
    while stack:
        at, group, level = stack.pop()
        if level > MAX_GROUP_LEVELS or len(tensors) > MAX_STORED_TENSORS:
            raise ValueError("too many groups or tensors")
        address = h5py.h5o.get_info(group.id).addr
        if address in visited:  # a hard link back to a group above
            continue
        visited.add(address)
        for name in group:
            where = f"{at}/{name}" if at else name
            if not at and name in ("optimizer", "optimizer_weights", "_legacy_storage"):
                continue
            if not isinstance(group.get(name, getlink=True), h5py.HardLink):
                notes.append(f"{where} is a link out of its place and was not followed")
                continue
            item = group.get(name)
            if isinstance(item, h5py.Group):
                stack.append((where, item, level + 1))
            elif isinstance(item, h5py.Dataset):
                if item.external or item.is_virtual:
                    notes.append(f"{where} is stored in another file, which was not opened")
                tensors.append(StoredTensor(where, tuple(item.shape or ()), str(item.dtype)))
    tensors.sort(key=lambda tensor: tensor.path)
    return tensors, notes


def _text(value: object) -> str | None:
    if isinstance(value, bytes):
        return value.decode("utf-8", "surrogateescape")
    return value if isinstance(value, str) else None


def _unreadable(shown: str, error: Exception) -> UnreadableSource:
    reason = str(error).strip().splitlines() or ["damaged"]
    return UnreadableSource(
        f"{shown}: the HDF5 file cannot be read ({reason[0]})",
        "It may have been cut off while it was copied.",
    )
