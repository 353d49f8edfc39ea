"""argparse: a program's options have their defaults."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from rnninspect.ir.dims import Unknown
from rnninspect.sources.python.values import External, Instance, Missing, UserClass

_CONVERTED = {"int": int, "float": float, "str": str}


@dataclass(eq=False)
class Parser:
    """An ``argparse.ArgumentParser`` of the program, or a group of one."""

    defaults: dict[str, Any] = field(default_factory=dict)

    def method(self, name: str, args: list[Any], kwargs: dict[str, Any]) -> Any:
        """What a method of the parser gives."""
        if name in ("add_argument", "add_option"):
            self._add(args, kwargs)
            return Missing("an option")
        if name.startswith("add_") and name.endswith("_group"):
            return self
        if name == "set_defaults":
            self.defaults.update(kwargs)
            return None
        if name in ("parse_args", "parse_known_args"):
            found = Instance(UserClass("Namespace", (), {}), dict(self.defaults))
            return found if name == "parse_args" else (found, Missing("more options"))
        return Missing("what an option is")

    def _add(self, args: list[Any], kwargs: dict[str, Any]) -> None:
        names = [one for one in args if isinstance(one, str)]
        if not names:
            return
        long = next((one for one in names if one.startswith("--")), names[0])
        stated = kwargs.get("dest")
        name = stated if isinstance(stated, str) else long.lstrip("-").replace("-", "_")
        self.defaults[name] = self._default(kwargs, is_option=names[0].startswith("-"))

    @staticmethod
    def _default(kwargs: dict[str, Any], *, is_option: bool) -> Any:
        action = kwargs.get("action")
        if action in ("store_true", "store_false") and "default" not in kwargs:
            return action == "store_false"
        if not is_option or "default" not in kwargs:
            return Missing("an option has no default")
        value, kind = kwargs["default"], kwargs.get("type")
        convert = _CONVERTED.get(kind.last) if isinstance(kind, External) else None
        if isinstance(value, str) and convert is not None:
            try:
                return convert(value)
            except ValueError:
                return Missing("an option's default is not known")
        return value if not isinstance(value, Unknown) else Missing(value.reason)
