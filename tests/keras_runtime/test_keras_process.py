"""What the child answers with Keras imported, on a stand-in for the package and on real Keras."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from rnninspect.keras_runtime.keras_process import answer
from rnninspect.keras_runtime.protocol import (
    BuildRecipe,
    Failed,
    ImportAttribute,
    LoadConfig,
    LoadFile,
    Problem,
)
from rnninspect.sources.keras_summary import KerasSummary
from rnninspect.sources.recipe_types import Recipe


class Loader:
    """A Keras whose ``load_model`` records how it is called."""

    def __init__(self, *, knows_safe_mode: bool = True) -> None:
        self.calls: list[dict[str, bool]] = []
        self.unsafe = False
        self.keras: Any = SimpleNamespace(
            __version__="3.0",
            backend=SimpleNamespace(backend=lambda: "none"),
            utils=SimpleNamespace(clear_session=lambda: None),
            config=SimpleNamespace(enable_unsafe_deserialization=self.allow),
            models=SimpleNamespace(load_model=self.load),
        )
        self.knows_safe_mode = knows_safe_mode

    def allow(self) -> None:
        self.unsafe = True

    def load(self, path: str, **options: bool) -> object:
        self.calls.append(options)
        if "safe_mode" in options and not self.knows_safe_mode:
            raise TypeError("load_model() got an unexpected keyword argument 'safe_mode'")
        raise SystemExit("a layer ended the process")


@pytest.mark.parametrize("trust", [False, True])
def test_code_is_loaded_only_where_it_is_trusted(trust: bool) -> None:
    loader = Loader()
    reply = answer(loader.keras, LoadFile("m.keras", trust=trust))
    assert loader.calls == [{"compile": False, "safe_mode": not trust}]
    assert loader.unsafe is trust
    assert reply == Failed(
        Problem.REJECTED, "SystemExit: a layer ended the process", engine="keras 3.0 (none)"
    )


def test_a_keras_without_safe_mode_is_asked_without_it() -> None:
    loader = Loader(knows_safe_mode=False)
    answer(loader.keras, LoadFile("m.keras"))
    assert loader.calls == [{"compile": False, "safe_mode": True}, {"compile": False}]


def test_modules_of_the_user_are_never_imported_here() -> None:
    reply = answer(Loader().keras, ImportAttribute("os", "system"))
    assert isinstance(reply, Failed) and "does not import modules" in reply.message


@pytest.mark.keras
def test_files_configs_and_recipes_become_summaries(
    keras: Any, samples: Path, tmp_path: Path
) -> None:
    recipe: Recipe = {
        "name": "m",
        "class_name": "Sequential",
        "inputs": [{"name": "x", "batch_shape": [None, 20, 6], "config": {}}],
        "layers": {"gru": {"class_name": "GRU", "config": {"name": "gru", "units": 3}}},
        "nodes": [{"layer": "gru", "args": [{"edge": "x", "call": 0, "tensor": 0}], "kwargs": {}}],
        "outputs": {"edge": "gru", "call": 0, "tensor": 0},
    }
    config = json.loads((samples / "lstm_stack.json").read_text())
    saved = tmp_path / "m.keras"
    for request, params in (
        (LoadFile(str(samples / "lstm_stack.keras")), 7777),
        (LoadConfig(config), 7777),
        (BuildRecipe(recipe, save_to=str(saved)), 99),
        (LoadFile(str(saved)), 99),
    ):
        reply = answer(keras, request)
        assert isinstance(reply, KerasSummary) and reply.params == params
