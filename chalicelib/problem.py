"""Problem: why something that was asked for is not done. The one error that the rooms raise on purpose.

`http.problems` holds the table from kind to status, title and page (RFC 9457); rooms only know the kind.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any


class Place:
    """One fault at one place of the caller's input."""

    __slots__ = ("detail", "more", "pointer")

    def __init__(self, pointer: str, detail: str, *, more: Mapping[str, Any] | None = None) -> None:
        self.pointer = pointer
        """RFC 6901 pointer into the body, such as `/facts/complainant.name`."""
        self.detail = detail
        self.more = dict(more or {})
        """Of a policy's fault: `detail_zh`, `mend`, `mend_zh`, and `line` where the policy was text."""

    def to_json(self) -> dict[str, Any]:
        return {"pointer": self.pointer, "detail": self.detail, **self.more}


class Problem(Exception):
    """A refusal with its kind, a sentence for people, the places at fault and whatever helps to mend it.

    `detail` and `extra` are shown to the caller: no particulars of anyone, no free text of a complaint.
    """

    def __init__(
        self,
        kind: str,
        detail: str,
        *,
        places: Sequence[Place] = (),
        extra: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(f"{kind}: {detail}")
        self.kind = kind
        self.detail = detail
        self.places = tuple(places)
        self.extra = dict(extra or {})
