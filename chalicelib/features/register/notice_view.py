"""A published notice, as its audience sees it. It is stored in this form."""

from __future__ import annotations

from typing import Literal

from chalicelib.kit.decoding import StoredPart
from chalicelib.policy.language.publicity import Audience

FieldKind = Literal["category", "choice", "week", "text"]


class NoticeField(StoredPart, frozen=True, kw_only=True):
    """`value`: the code of a choice, several codes, a week (`2026-W49`) or a text. `text`: the value in `zh` and `en`;
    null for a text. `label`: the field's name in both languages."""

    name: str
    kind: FieldKind
    label: dict[str, str]
    value: str | list[str]
    text: dict[str, str] | None


class Change(StoredPart, frozen=True, kw_only=True):
    """`was`: the former value; null if it is concealed. `now`: null if the field was removed, or the value is
    concealed since."""

    name: str
    was: str | list[str] | None
    now: str | list[str] | None


class Correction(StoredPart, frozen=True, kw_only=True):
    on: str
    changes: list[Change]


class Withdrawal(StoredPart, frozen=True, kw_only=True):
    on: str
    reason: str


class NoticeView(StoredPart, frozen=True, kw_only=True):
    """Days are in the organisation's time zone. `sha256`: of the fields' names and values, as on the case's record.

    A withdrawn notice keeps its place, without its fields.
    """

    id: str
    kind: Literal["notice", "result"]
    audience: Audience
    state: Literal["published", "withdrawn"]
    published_on: str
    fields: list[NoticeField]
    corrections: list[Correction]
    withdrawn: Withdrawal | None
    sha256: str
