"""Topics: what can be explained, and the page of each."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches

from rnninspect.errors import BadRequest
from rnninspect.lessons.rules import rule_page
from rnninspect.rules.described import described


def page_of(topics: Sequence[str]) -> str:
    """The page of a topic, as Markdown; without a topic the list of them all.

    Raises BadRequest for a topic that is not known, with those that are spelt alike.
    """
    if not topics:
        return _contents()
    codes = [one.code for one in described()]
    names = {one.name: one.code for one in described()}
    pages = []
    for topic in topics:
        code = names.get(topic.lower(), topic.upper())
        if code not in codes:
            raise _unknown(topic, [*codes, *names])
        pages.append(rule_page(code))
    return "\n".join(pages)


def _contents() -> str:
    rules = "\n".join(f"- `{one.code}` {one.name}: {one.summary}" for one in described())
    return f"# What can be explained\n\n## Rules\n{rules}\n"


def _unknown(topic: str, known: Sequence[str]) -> BadRequest:
    alike = get_close_matches(topic, known, n=3, cutoff=0.5)
    hint = f"Did you mean {' or '.join(alike)}?" if alike else "rnninspect explain lists them all."
    return BadRequest(f"there is no topic {topic!r}", hint)
