"""Notices as CSV: a row for each, a column for each field that one of them shows."""

from __future__ import annotations

from collections.abc import Sequence

from chalicelib.features.register.notice_view import NoticeField, NoticeView
from chalicelib.kit.csv_text import csv_text

_COLUMNS = ("id", "kind", "state", "published_on", "withdrawn_on", "reason")


def as_csv(notices: Sequence[NoticeView], language: str) -> str:
    """`language`: of the values, `zh` or `en`. The columns have the names of the JSON form."""
    names = list(dict.fromkeys(field.name for notice in notices for field in notice.fields))
    return csv_text([[*_COLUMNS, *names], *(_row(notice, names, language) for notice in notices)])


def _row(notice: NoticeView, names: Sequence[str], language: str) -> list[str]:
    fields = {field.name: value_text(field, language) for field in notice.fields}
    ended = notice.withdrawn
    own = [notice.id, notice.kind, notice.state, notice.published_on]
    return [*own, *(("", "") if ended is None else (ended.on, ended.reason)), *(fields.get(name, "") for name in names)]


def value_text(field: NoticeField, language: str) -> str:
    if field.text is not None:
        return field.text[language]
    return field.value if isinstance(field.value, str) else ", ".join(field.value)
