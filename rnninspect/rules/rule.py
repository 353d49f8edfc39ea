"""Rule and ``@rule``: the declaration of a rule, from which everything said about it follows."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Literal, NamedTuple, TypeVar

from rnninspect.diagnostics import Cause, Change, Place, Severity

Fixability = Literal["safe", "unsafe", "none"]
"""``safe``: --fix fixes it where it is certain; ``unsafe``: only --unsafe-fixes; else ``none``."""
CODE = re.compile(r"RNN\d{3}")


class RuleSettings(NamedTuple):
    """What rules may ask of the settings of a file."""

    max_params: int | None = None
    max_bytes: int | None = None
    keras_major: int | None = None
    """The major version of Keras whose words are quoted; None: those of Keras 3."""
    is_keras_stated: bool = False
    """Whether the user states it; else it is the installed one."""


DEFAULT_SETTINGS = RuleSettings()


class Finding(NamedTuple):
    """What a rule yields: what is wrong and what to do; the engine adds code and severity."""

    message: str
    help: str = ""
    cause: Cause | None = None
    change: Change | None = None
    """The argument to change; a change without a place is made at the cause, else at the layer."""
    layer: str | None = None
    """The layer it is about, where the subject is more than one layer call."""
    place: Place | None = None
    """Where it is, if not where the subject is."""


class Rule(NamedTuple):
    """A rule: a generator of findings with its declaration. Its docstring is its page."""

    code: str
    severity: Severity
    fix: Fixability
    function: Callable[..., Iterator[Finding]]
    setting: str = ""
    """The field of RuleSettings without which the rule never runs."""
    is_fallback: bool = False

    @property
    def name(self) -> str:
        """The name of the function, with hyphens."""
        return self.function.__name__.replace("_", "-")

    @property
    def text(self) -> str:
        """The whole documentation, in Markdown."""
        # Only who shows a page pays for the import.
        from inspect import cleandoc

        return cleandoc(self.function.__doc__ or "")

    @property
    def summary(self) -> str:
        """The first line of the documentation."""
        return (self.function.__doc__ or "").partition("\n")[0]

    @property
    def subject(self) -> str:
        """The name of the type that the rule looks at: its first parameter's annotation."""
        code = self.function.__code__
        annotation = self.function.__annotations__[code.co_varnames[0]]
        return annotation if isinstance(annotation, str) else str(annotation.__name__)

    def applies(self, settings: RuleSettings) -> bool:
        """Whether the settings have what the rule needs."""
        return not self.setting or getattr(settings, self.setting) is not None

    def findings(self, subject: object, settings: RuleSettings) -> Iterator[Finding]:
        """Yield what the rule finds in a subject."""
        if self.function.__code__.co_argcount > 1:
            return self.function(subject, settings)
        return self.function(subject)

    def to_dict(self) -> dict[str, str]:
        """Return the form of ``rnninspect rules --format json``."""
        return {
            "code": self.code,
            "name": self.name,
            "severity": str(self.severity),
            "fix": self.fix,
            "summary": self.summary,
        }


S = TypeVar("S")


def rule(
    code: str,
    severity: Severity,
    *,
    fix: Fixability = "none",
    setting: str = "",
    is_fallback: bool = False,
) -> Callable[
    [Callable[[S], Iterator[Finding]] | Callable[[S, RuleSettings], Iterator[Finding]]], Rule
]:
    """Declare a generator function as a rule on what its first parameter's annotation names.

    ``setting`` is the field of RuleSettings that has to be stated for the rule to run. A rule
    that ``is_fallback`` runs after the others on its subject. Raises ValueError for a declaration
    that cannot be right.
    """
    if not CODE.fullmatch(code):
        raise ValueError(f"{code!r} is not a code of a rule")
    if setting and setting not in RuleSettings._fields:
        raise ValueError(f"{code}: there is no setting {setting!r}")

    def declared(
        function: Callable[[S], Iterator[Finding]] | Callable[[S, RuleSettings], Iterator[Finding]],
    ) -> Rule:
        return Rule(code, severity, fix, function, setting, is_fallback)

    return declared
