"""What a program has defined so far, at the place where the next text is written."""

from __future__ import annotations

from dataclasses import dataclass, field


class Impossible(Exception):
    """Raised where a template cannot be filled in, for want of a variable of the kind."""


@dataclass
class Parameter:
    """A parameter of a written function."""

    name: str
    kind: str
    default: str | None = None
    prefix: str = ""  # "*" or "**"


@dataclass
class Function:
    """A function that the program can call."""

    name: str
    parameters: list[Parameter]
    result: str
    owner: str = ""  # the class of a method


@dataclass
class ClassText:
    """A class that the program can make instances of."""

    name: str
    attributes: dict[str, str]
    parameters: list[Parameter]
    methods: list[Function] = field(default_factory=list)


@dataclass
class Scope:
    """The names of a module, class or function, with the kind of what they hold."""

    kind: str  # module, class, function, generator
    names: dict[str, str] = field(default_factory=dict)
    result: str = ""  # the kind that its function returns
    functions: list[Function] = field(default_factory=list)
    declared: set[str] = field(default_factory=set)  # global or nonlocal
    loops: int = 0

    def copy_names(self) -> tuple[dict[str, str], int]:
        return dict(self.names), len(self.functions)

    def restore(self, saved: tuple[dict[str, str], int], keep_new: bool) -> None:
        """Forget what a block has defined, unless the rest may meet it unbound."""
        if not keep_new:
            self.names = saved[0]
        del self.functions[saved[1] :]
