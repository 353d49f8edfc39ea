"""What a child process is asked and what it answers: one line of JSON each way.

Requests come from rnninspect itself. Replies come from a process that runs other people's code, so
their types are checked before they are believed.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple

from rnninspect.json_values import (
    Json,
    JsonObject,
    Malformed,
    expect_count,
    expect_list,
    expect_object,
    expect_text,
)
from rnninspect.sources.keras_summary import KerasSummary
from rnninspect.sources.models import StoredTensor
from rnninspect.sources.recipe_types import Recipe


class LoadFile(NamedTuple):
    """Load a file that Keras wrote; ``save_to`` is where to save the model again."""

    path: str
    trust: bool = False
    save_to: str | None = None


class LoadConfig(NamedTuple):
    """Build the model that a config describes."""

    config: JsonObject
    trust: bool = False
    save_to: str | None = None


class BuildRecipe(NamedTuple):
    """Build the model of a recipe, layer by layer."""

    recipe: Recipe
    save_to: str | None = None


class ImportAttribute(NamedTuple):
    """Import a module of the user and take a model, or a function that returns one, from it."""

    module: str
    attribute: str


KerasRequest = LoadFile | LoadConfig | BuildRecipe
Request = KerasRequest | ImportAttribute
_REQUESTS = {kind.__name__: kind for kind in (LoadFile, LoadConfig, BuildRecipe, ImportAttribute)}


class Problem(StrEnum):
    """Why there is no model."""

    NO_KERAS = "no keras"
    """Keras could not be imported."""
    REJECTED = "rejected"
    """Keras raised while it loaded or built the model."""
    MISSING = "missing"
    """The user's module or attribute does not exist."""
    NOT_A_MODEL = "not a model"
    """The user's attribute is something else."""
    USER_CODE = "user code"
    """The user's code raised."""


class Failed(NamedTuple):
    """The answer where there is no model.

    ``node`` is the number of the recipe's layer call at which Keras raised; None if it was none of
    them.
    """

    problem: Problem
    message: str
    hint: str = ""
    engine: str | None = None
    node: int | None = None

    @property
    def line(self) -> str:
        """The first line of the message, cut to 500 characters."""
        return next((line.strip() for line in self.message.splitlines() if line.strip()), "")[:500]


class LiveModel(NamedTuple):
    """What a model in memory states about itself."""

    config: JsonObject
    weights: tuple[StoredTensor, ...]
    keras_version: str
    summary: KerasSummary


Reply = KerasSummary | LiveModel | Failed


def write_request(request: Request) -> str:
    """Return the request as a line of JSON, without the line's end."""
    return json.dumps({"kind": type(request).__name__, **request._asdict()})


def parse_request(line: str) -> Request:
    """Return the request in a line that ``write_request`` wrote."""
    fields = json.loads(line)
    request: Request = _REQUESTS[fields.pop("kind")](**fields)
    return request


def write_reply(reply: Reply) -> str:
    """Return the reply as a line of JSON, without the line's end."""
    return json.dumps({"kind": type(reply).__name__, **_fields_of(reply)})


def _fields_of(reply: Reply) -> Mapping[str, Json]:
    if isinstance(reply, KerasSummary):
        return reply.to_dict()
    if isinstance(reply, LiveModel):
        return {**reply._asdict(), "summary": reply.summary.to_dict()}
    return reply._asdict()


def parse_reply(line: str) -> Reply:
    """Return the reply in a line of a child process; raise Malformed if it is not a reply."""
    try:
        fields = expect_object(json.loads(line))
    except RecursionError:
        raise Malformed("it is nested too deeply") from None
    except ValueError as error:
        raise Malformed(str(error)) from None
    match fields.get("kind"):
        case "KerasSummary":
            return KerasSummary.parse(fields)
        case "LiveModel":
            return LiveModel(
                config=expect_object(fields.get("config")),
                weights=tuple(map(_parse_tensor, expect_list(fields.get("weights")))),
                keras_version=expect_text(fields.get("keras_version")),
                summary=KerasSummary.parse(fields.get("summary")),
            )
        case "Failed":
            engine = fields.get("engine")
            return Failed(
                problem=_parse_problem(fields.get("problem")),
                message=expect_text(fields.get("message")),
                hint=expect_text(fields.get("hint")),
                engine=None if engine is None else expect_text(engine),
                node=expect_count(fields.get("node")),
            )
        case kind:
            raise Malformed(f"there is no reply of kind {kind!r}")


def _parse_problem(value: Json) -> Problem:
    try:
        return Problem(expect_text(value))
    except ValueError:
        raise Malformed(f"there is no problem {value!r}") from None


def _parse_tensor(value: Json) -> StoredTensor:
    fields = expect_list(value)
    if len(fields) != 3:
        raise Malformed("expected path, shape and dtype of a weight")
    path, shape, dtype = fields
    sizes = tuple(map(expect_count, expect_list(shape)))
    if None in sizes:
        raise Malformed("a weight has an axis without a size")
    return StoredTensor(
        expect_text(path), tuple(size for size in sizes if size is not None), expect_text(dtype)
    )
