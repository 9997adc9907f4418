"""What is wrong with a policy document, and where."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

Path = tuple[str | int, ...]
MOST_FAULTS = 100
"""More are not named: whoever has so many has one cause to find."""
_MOST_NAMED = 20
_LONGEST = 120


class Fault:
    """One fault: the path into the document, its kind with the values that its texts show, and the line if known.

    The texts of each kind stand in `fault_texts`.
    """

    __slots__ = ("kind", "line", "path", "values")

    def __init__(self, path: Path, kind: str, *, line: int | None = None, **values: object) -> None:
        self.path = path
        self.kind = kind
        self.line = line
        self.values = values

    @property
    def pointer(self) -> str:
        """RFC 6901; endless names are cut."""
        return "".join("/" + _cut(step).replace("~", "~0").replace("/", "~1") for step in self.path)

    @property
    def message(self) -> str:
        return self.text("en")

    def text(self, part: str) -> str:
        """`zh` and `en` say what is wrong, `mend_zh` and `mend_en` what would mend it."""
        from chalicelib.policy.checks.texts import TEXTS

        template: str = getattr(TEXTS[self.kind], part)
        return template.format_map({name: _shown(value) for name, value in self.values.items()})

    def at(self, path: Path, line: int | None) -> Fault:
        """The same fault at another place."""
        return Fault(path, self.kind, line=self.line if line is None else line, **self.values)

    def __repr__(self) -> str:
        return f"{self.pointer or '/'}: {self.message}"


def _shown(value: object) -> Any:
    if isinstance(value, int):
        return value
    if isinstance(value, str) or not isinstance(value, Iterable):
        return _cut(value)
    named = [_cut(one) for one in value]
    return ", ".join(named[:_MOST_NAMED]) + (" …" if len(named) > _MOST_NAMED else "") if named else "—"


def _cut(value: object) -> str:
    text = str(value)
    return text if len(text) <= _LONGEST else text[:_LONGEST] + "…"


class PolicyFault(Exception):
    """The document is no policy; all faults that could be told apart, at most `MOST_FAULTS`."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__(faults)
        self.faults = tuple(faults)

    def __str__(self) -> str:
        return "; ".join(map(repr, self.faults))
