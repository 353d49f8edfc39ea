"""Templates: how a kind of expression or statement can be written.

`$name` is another kind, `$name:kind` one with an argument, `$int+i:int` an int in whose text the
name `i` is a visible int (of a comprehension or lambda). A template that has only leaves ends a
deep expression.
"""

from __future__ import annotations

import re
from bisect import bisect
from itertools import accumulate
from random import Random
from typing import NamedTuple

FIELD = re.compile(r"\$([a-z_]+)(?::([a-z_]+))?((?:\+[a-z]+:[a-z]+)*)")
LEAVES = frozenset(
    "number small tiny whole word text_name key letter input fresh new last own var place class "
    "name".split()
)


class Field(NamedTuple):
    """A place of a template that is filled in."""

    symbol: str
    argument: str
    extra: tuple[tuple[str, str], ...]  # names visible inside, with their kinds
    indent: str  # of a block


Template = tuple["str | Field", ...]


def parse(text: str) -> Template:
    """Return the pieces of a template."""
    pieces: list[str | Field] = []
    end = 0
    for found in FIELD.finditer(text):
        pieces.append(text[end : found.start()])
        line = text[: found.start()].rpartition("\n")[2]
        extra = tuple(
            (name, kind)
            for name, _, kind in (part.partition(":") for part in found[3].split("+") if part)
        )
        pieces.append(Field(found[1], found[2] or "", extra, line if line.isspace() else ""))
        end = found.end()
    pieces.append(text[end:])
    return tuple(piece for piece in pieces if piece != "")


class Choices:
    """Alternatives with weights."""

    def __init__(self, weighted: list[tuple[int, str]]) -> None:
        self.templates = [parse(text) for _, text in weighted]
        self.sums = list(accumulate(weight for weight, _ in weighted))
        leaves = [
            template
            for template in self.templates
            if all(isinstance(piece, str) or piece.symbol in LEAVES for piece in template)
        ]
        self.leaves = leaves or self.templates

    def pick(self, rng: Random) -> Template:
        return self.templates[bisect(self.sums, rng.random() * self.sums[-1])]

    def pick_leaf(self, rng: Random) -> Template:
        return self.leaves[int(rng.random() * len(self.leaves))]


def lines(text: str) -> Choices:
    """Return alternatives that are one line each, `weight template`."""
    found = [line.strip().partition(" ") for line in text.splitlines() if line.strip()]
    return Choices([(int(weight), template.strip()) for weight, _, template in found])


def blocks(text: str) -> Choices:
    """Return alternatives of several lines, each under a line `## weight`."""
    parts = re.split(r"^## (\d+)\n", text, flags=re.M)[1:]
    pairs = zip(parts[::2], parts[1::2], strict=True)
    return Choices([(int(weight), template.rstrip("\n")) for weight, template in pairs])
