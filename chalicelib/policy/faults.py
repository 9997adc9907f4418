"""What is wrong with a policy document, and where."""

from __future__ import annotations

from collections.abc import Sequence

Path = tuple[str | int, ...]


class Fault:
    """One fault: the path into the document, the sentence, and the line where the text is known."""

    __slots__ = ("line", "message", "path")

    def __init__(self, path: Path, message: str, *, line: int | None = None) -> None:
        self.path = path
        self.message = message
        self.line = line

    @property
    def pointer(self) -> str:
        """RFC 6901."""
        return "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in self.path)

    def __repr__(self) -> str:
        return f"{self.pointer or '/'}: {self.message}"


class PolicyFault(Exception):
    """The document is no policy; all faults that could be told apart."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__("; ".join(map(repr, faults)))
        self.faults = tuple(faults)
