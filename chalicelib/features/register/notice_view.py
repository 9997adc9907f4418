"""A published notice, as its audience sees it, also as CSV. It is stored in this form."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from chalicelib.kit.csv_text import csv_text
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


class Replacement(StoredPart, frozen=True, kw_only=True):
    """`by`: the id of the later notice about the same complaint, which counts in its place."""

    by: str
    on: str


class NoticeView(StoredPart, frozen=True, kw_only=True):
    """Days are in the organisation's time zone. `sha256`: of the fields' names and values, as on the case's record.

    A withdrawn notice keeps its place, without its fields. `replaces`: the id of the notice whose place it takes;
    `replaced`: what took its place.
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
    replaces: str | None = None
    replaced: Replacement | None = None


_COLUMNS = ("id", "kind", "state", "published_on", "withdrawn_on", "reason", "replaces", "replaced_by")


def notices_as_csv(notices: Sequence[NoticeView], language: str) -> str:
    """`language`: of the values, `zh` or `en`. The columns have the names of the JSON form."""
    names = list(dict.fromkeys(field.name for notice in notices for field in notice.fields))
    return csv_text([[*_COLUMNS, *names], *(_row(notice, names, language) for notice in notices)])


def _row(notice: NoticeView, names: Sequence[str], language: str) -> list[str]:
    fields = {field.name: value_text(field, language) for field in notice.fields}
    ended = notice.withdrawn
    own = [notice.id, notice.kind, notice.state, notice.published_on]
    ends = ("", "") if ended is None else (ended.on, ended.reason)
    links = (notice.replaces or "", "" if notice.replaced is None else notice.replaced.by)
    return [*own, *ends, *links, *(fields.get(name, "") for name in names)]


def value_text(field: NoticeField, language: str) -> str:
    if field.text is not None:
        return field.text[language]
    return field.value if isinstance(field.value, str) else ", ".join(field.value)
