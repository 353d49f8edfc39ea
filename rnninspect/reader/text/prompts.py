"""Prompts that were pasted into a cell: ``>>> `` and ``... ``, ``In [1]: `` and ``   ...: ``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby
from textwrap import dedent

_FIRST = re.compile(r"^\s*>>>[ \t]?")
_NEXT = re.compile(r"^\s*\.\.\.[ \t]?")
_TRIPLE_QUOTES = re.compile(r"(?<!\\)(\"\"\"|''')")
_STRING_PREFIX = re.compile(r"[rubf]*$", re.I)
_OF_IPYTHON = re.compile(r"^(((\[nav\]|\[ins\])? )?In \[\d+\]: |\s*\.{3,}: ?)")


def strip_ipython_prompts(lines: Sequence[str]) -> list[str]:
    """Return the lines without the prompts of IPython, if one of the first two has one."""
    if any(_OF_IPYTHON.match(line) for line in lines[:2]):
        return [_OF_IPYTHON.sub("", line, count=1) for line in lines]
    return list(lines)


def strip_doctest_prompts(lines: Sequence[str]) -> list[str]:
    """Return the lines without the prompts of Python, if any line outside of texts has one."""
    if not any(">>>" in line for line in lines):
        return list(lines)
    are_texts = _texts(lines)
    if not any(
        _FIRST.match(line) for line, is_text in zip(lines, are_texts, strict=True) if not is_text
    ):
        return list(lines)
    stripped: list[str] = []
    for is_text, numbers in groupby(range(len(lines)), are_texts.__getitem__):
        part = [lines[number] for number in numbers]
        bare = part if is_text else [_without_prompt(line) for line in part]
        stripped += bare if bare == part else dedent("\n".join(bare)).split("\n")
    return stripped


def _without_prompt(line: str) -> str:
    prompt = _FIRST.match(line) or _NEXT.match(line)
    return line[prompt.end() :] if prompt else line


def _texts(lines: Sequence[str]) -> list[bool]:
    """Return for each line whether it is part of a text in triple quotes that starts a line.

    As IPython has it: quotes are counted line by line, whatever stands round them.
    """
    are_texts = []
    opened, keeps, prompted_before = "", False, False
    for line in lines:
        is_text = bool(opened) and keeps
        for quotes in _TRIPLE_QUOTES.finditer(line):
            if not opened:
                opened = quotes[1]
                before = line[: quotes.start()]
                bare = _NEXT.sub("", _FIRST.sub("", before, count=1), count=1)
                continues = bare != before and prompted_before
                keeps = is_text = not continues and bool(_STRING_PREFIX.match(bare.strip()))
            elif opened == quotes[1]:
                opened, keeps = "", False
        are_texts.append(is_text)
        prompted_before = prompted_before or bool(_FIRST.match(line))
    return are_texts
