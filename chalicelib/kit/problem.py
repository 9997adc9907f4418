"""Problem: the error that use cases raise to reject a request.

`web.problems` maps each kind to its HTTP status, title and page (RFC 9457). The use cases only know the kind.
A docstring names the kinds that a function raises. `docs/problems.md` states for each kind when it is raised; a
docstring adds the condition where the kind does not tell it. `conflict` without a condition means: other requests
changed the same items at the same time, repeatedly.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Self

import msgspec


class InBoth(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A text in both languages, or a value of a `Text` that is written differently in Chinese, such as a date."""

    en: str
    zh: str

    def of(self, language: str) -> str:
        """In `zh`, or else in English."""
        return self.zh if language == "zh" else self.en

    def __str__(self) -> str:
        return self.en


class Text(str):
    """An English text for callers that contains values. `web.chinese` translates its template.

    `template`: in the syntax of `str.format`. It contains no values, so that it identifies the text. Texts without
    values are plain strings and identify themselves.
    """

    template: str
    values: Mapping[str, Any]
    """Shown in the text. An exception is shown by its own text, which may have a translation."""

    def __new__(cls, template: str, **values: Any) -> Self:
        """Very long values are truncated: a document determines their length, and a body their number."""
        values = {name: _shortened(value) for name, value in values.items()}
        text = super().__new__(cls, template.format_map(values))
        text.template, text.values = template, values
        return text


MAX_VALUE = 4_000
"""Characters of a text that a `Text` shows."""


def _shortened(value: Any) -> Any:
    return value[:MAX_VALUE] + "…" if isinstance(value, str) and len(value) > MAX_VALUE else value


class Place:
    """One fault in the caller's input, with its location."""

    __slots__ = ("more", "pointer", "text")

    def __init__(self, pointer: str, detail: str, *, more: Mapping[str, Any] | None = None) -> None:
        self.pointer = pointer
        """JSON Pointer (RFC 6901) into the body, such as `/facts/complainant.name`."""
        self.text = detail
        self.more = dict(more or {})
        """Only for faults of a policy: `detail_zh`, `mend`, `mend_zh`; `line` and `column` if the policy was text, and
        `rewording` where another word mends it."""

    @property
    def detail(self) -> str:
        """The text in English, as a plain string."""
        return str(self.text)


class Problem(Exception):
    """A rejected request: its kind, a sentence for people, the faults with their locations, and further keys.

    The caller sees `detail` and `extra`, so they must not contain personal data or free text of a complaint.
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
        self.text = detail
        self.places = tuple(places)
        self.extra = dict(extra or {})

    @property
    def detail(self) -> str:
        """The text in English, as a plain string."""
        return str(self.text)

    def below(self, pointer: str) -> Problem:
        """The same problem for a request that has the values at this place."""
        places = [Place(pointer + place.pointer, place.text, more=place.more) for place in self.places]
        return Problem(self.kind, self.text, places=places, extra=self.extra)


class LaterRelease(Problem):
    """A later release has written what would be changed, with words that this one does not know. Nothing is written."""

    def __init__(self, detail: str) -> None:
        super().__init__("unavailable", detail)


def escaped(step: str) -> str:
    """As a step of a JSON Pointer (RFC 6901, section 3)."""
    return step.replace("~", "~0").replace("/", "~1")


def pointer_of(steps: Iterable[object]) -> str:
    return "".join("/" + escaped(str(step)) for step in steps)


def steps_of(pointer: str) -> list[str]:
    return [step.replace("~1", "/").replace("~0", "~") for step in pointer.split("/")[1:]]
