"""The registry: which rules there are, by the names of their files, and on which subject.

A rule is a file ``rnn101_sequence_dropped_too_early.py`` beside the ``subject.py`` with the type it
looks at. Codes come from the names of the files, so that only the rules that run are imported.
"""

from __future__ import annotations

import importlib
import os
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from rnninspect.rules.rule import Rule

FOLDER = Path(__file__).parent
_FILE = re.compile(r"(rnn\d{3})_(\w+)\.py")


@cache
def rule_modules() -> Mapping[str, str]:
    """Return the module of every rule by its code, in the order of the codes."""
    modules: dict[str, str] = {}
    for folder in sorted(entry.name for entry in os.scandir(FOLDER) if entry.is_dir()):
        for file in os.listdir(FOLDER / folder):
            if (name := _FILE.fullmatch(file)) is None:
                continue
            code, module = name[1].upper(), f"{__package__}.{folder}.{file.removesuffix('.py')}"
            if code in modules:
                raise ValueError(f"{code} is the code of two rules: {modules[code]} and {module}")
            modules[code] = module
    return dict(sorted(modules.items()))


def codes() -> tuple[str, ...]:
    """Return the codes of all rules, sorted."""
    return tuple(rule_modules())


@cache
def load_rule(code: str) -> Rule:
    """Import the rule with a code. Raises KeyError if there is none, ValueError if it is broken."""
    module = rule_modules()[code]
    folder, _, file = module.rpartition(".")
    name = file.partition("_")[2]
    loaded = getattr(importlib.import_module(module), name, None)
    if not isinstance(loaded, Rule) or (loaded.code, loaded.function.__name__) != (code, name):
        raise ValueError(f"{module} has to declare the rule {code} as the function {name}")
    if not hasattr(importlib.import_module(f"{folder}.subject"), loaded.subject):
        raise ValueError(f"{module}: {loaded.subject} is not the subject of {folder}")
    return loaded


def rules() -> tuple[Rule, ...]:
    """Import all rules, sorted by their codes."""
    return tuple(map(load_rule, codes()))


@cache
def rules_on(subject: type) -> tuple[Rule, ...]:
    """Import the rules on a type of subject in the order in which they run: fallbacks last."""
    folder = subject.__module__.rpartition(".")[0]
    loaded = [
        load_rule(code)
        for code, module in rule_modules().items()
        if module.rpartition(".")[0] == folder
    ]
    own = [rule for rule in loaded if rule.subject == subject.__name__]
    return tuple(sorted(own, key=lambda rule: rule.is_fallback))
