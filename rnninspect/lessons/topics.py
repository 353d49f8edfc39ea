"""Topics: what can be explained, and the page of each."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import NamedTuple

from rnninspect.analysis.analyse import analyse_as_read
from rnninspect.analysis.result import Row
from rnninspect.errors import BadRequest
from rnninspect.ir.shape import Shape
from rnninspect.language import ENGLISH, translated
from rnninspect.lessons.compare import side_by_side
from rnninspect.lessons.fill import Numbers, fill
from rnninspect.lessons.language import in_language
from rnninspect.lessons.rows import row_of
from rnninspect.lessons.rules import rule_page
from rnninspect.rules.registry import rules

FOLDER = Path(__file__).parent / "en"
DEFAULTS: Mapping[str, int] = {"units": 16, "features": 6, "timesteps": 20}
"""The numbers of the worked example, where the user gives none."""
_HEAD = re.compile(r"<!--(.*?)-->\n*", re.S)
_NEXT = re.compile(r"^\s*(\w+):\s*(.+?)\s*$", re.M)


class Topic(NamedTuple):
    """One lesson: its name, other words for it, the layer it is about, its text."""

    name: str
    kind: str
    """``layers`` or ``ideas``."""
    aliases: tuple[str, ...]
    it: str
    summary: str
    text: str


@cache
def topics() -> Mapping[str, Topic]:
    """Return every lesson by its name."""
    lessons = {}
    for kind in ("layers", "ideas"):
        for file in sorted((FOLDER / kind).glob("*.md")):
            lessons[file.stem] = _topic(file.stem, kind, file.read_text("utf-8"))
    return lessons


def _topic(name: str, kind: str, text: str) -> Topic:
    head = _HEAD.match(text)
    header = dict(_NEXT.findall(head[1])) if head else {}
    body = text[head.end() :] if head else text
    paragraphs = [paragraph for paragraph in body.split("\n\n") if not paragraph.startswith("#")]
    aliases = tuple(alias.strip() for alias in header.get("also", "").split(",") if alias.strip())
    return Topic(name, kind, aliases, header.get("it", ""), " ".join(paragraphs[0].split()), body)


def page_of(
    words: Sequence[str],
    numbers: Mapping[str, int] | None = None,
    row: Row | None = None,
    language: str = ENGLISH,
) -> str:
    """Return the page of a topic, as Markdown; of several layers, side by side; of none, the list.

    ``numbers`` are units, features and timesteps; ``row`` is a layer of the user's own, whose
    numbers are shown. Raises BadRequest for an unknown topic, with those that are spelt alike.
    """
    values = {**DEFAULTS, **(numbers or {})}
    if not words:
        return contents(language)
    matches = [_find(word) for word in words]
    layers = [match for match in matches if isinstance(match, Topic) and match.kind == "layers"]
    if len(words) > 1 and len(layers) == len(words):
        rows = [(layer.name, row_of(layer.it, values)) for layer in layers]
        return side_by_side(rows, values, language)
    return "\n".join(_page(match, values, row, language) for match in matches)


def _page(match: Topic | str, values: Mapping[str, int], row: Row | None, language: str) -> str:
    if isinstance(match, str):
        return rule_page(match, language)
    it = row
    if it is None and match.it:
        it = row_of(match.it, values)
    return fill(in_language(match.text, language), Numbers(values, it, language))


def _find(word: str) -> Topic | str:
    codes = {rule.code: rule.code for rule in rules()}
    names = {rule.name: rule.code for rule in rules()}
    if code := codes.get(word.upper()) or names.get(word.lower()):
        return code
    if word in topics():  # Attention is a layer, attention an idea
        return topics()[word]
    by_word = {
        _plain(name): topic for topic in topics().values() for name in (topic.name, *topic.aliases)
    }
    if topic := by_word.get(_plain(word)):
        return topic
    everything = [*topics(), *codes, *names]
    plain = {_plain(name): name for name in everything}
    alike = get_close_matches(_plain(word), plain, n=3, cutoff=0.5)
    suggestions = " or ".join(plain[name] for name in alike)
    hint = f"Did you mean {suggestions}?" if alike else "rnninspect explain lists them all."
    raise BadRequest(f"there is no topic {word!r}", hint)


def _plain(word: str) -> str:
    return re.sub(r"[^a-z0-9]", "", word.lower())


CONTENTS = """# What can be explained

## Layers

{layers}

## Ideas

{ideas}

## Rules

{rules}

With your numbers: `rnninspect explain LSTM --units 64 --features 10`.

A layer of your model: `rnninspect explain model.keras lstm`.

Side by side: `rnninspect explain SimpleRNN LSTM GRU`.
"""


def contents(language: str = ENGLISH) -> str:
    """Return the list of everything that can be explained."""
    lines = {
        kind: "\n".join(
            f"- `{topic.name}` {translated(topic.summary, language)}"
            for topic in topics().values()
            if topic.kind == kind
        )
        for kind in ("layers", "ideas")
    }
    lines["rules"] = "\n".join(
        f"- `{rule.code}` {rule.name}: {translated(rule.summary, language)}" for rule in rules()
    )
    return in_language(CONTENTS, language).format(**lines)


def bound_page(path: str, name: str, language: str = ENGLISH) -> str:
    """Return the page of a layer of a real model, with its numbers.

    Raises BadRequest for a layer that is not there or has no lesson, and what reading raises.
    """
    # Only this reads models.
    from rnninspect.opening import open_source

    models = open_source(path)
    rows = [row for model in models.models for row in _every(analyse_as_read(models, model).layers)]
    row = next((row for row in rows if row.name == name), None)
    if row is None:
        alike = get_close_matches(name, [row.name for row in rows], n=3, cutoff=0.4)
        names = alike or list(dict.fromkeys(row.name for row in rows))[:8]
        raise BadRequest(f"{path}: there is no layer {name!r}", f"It has {', '.join(names)}.")
    topic = next(
        (topic for topic in topics().values() if row.class_name in (topic.name, *topic.aliases)),
        None,
    )
    if topic is None:
        lessons = ", ".join(topic.name for topic in topics().values() if topic.kind == "layers")
        raise BadRequest(f"there is no lesson about {row.class_name}", f"There are: {lessons}.")
    return page_of([topic.name], _numbers_of(row), row, language)


def _every(rows: Sequence[Row]) -> list[Row]:
    return [inner for row in rows for inner in (row, *_every(row.children))]


def _numbers_of(row: Row) -> dict[str, int]:
    """Return units, features and timesteps of a layer, as far as its shapes say."""
    numbers = {}
    for shape, names in (
        (row.input_shape, {"features": -1, "timesteps": 1}),
        (row.output_shape, {"units": -1}),
    ):
        sizes = shape.sizes if isinstance(shape, Shape) else None
        for name, axis in names.items():
            if sizes and len(sizes) > abs(axis) and (size := sizes[axis]) is not None:
                numbers[name] = size
    return numbers
