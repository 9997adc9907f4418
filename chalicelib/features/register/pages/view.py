"""A notice of the register as pages show it, in the reader's language."""

from __future__ import annotations

import re
from datetime import date

import msgspec

from chalicelib.features.register.notice_view import Correction, NoticeField, NoticeView
from chalicelib.web.pages.organisation import TenantPage
from chalicelib.web.pages.reader import Reader
from chalicelib.web.pages.times import day_text, week_text

_WEEK = re.compile("[0-9]{4}-W[0-9]{2}")


class ShownNotice(msgspec.Struct, frozen=True, kw_only=True):
    """`fields`: label and value. `withdrawn`: the day and the reason, if it was withdrawn."""

    id: str
    title: str
    published: str
    fields: list[tuple[str, str]]
    corrections: list[tuple[str, list[tuple[str, str, str]]]]
    """For each correction its day, and label, former and present value of each field."""
    withdrawn: tuple[str, str] | None
    sha256: str
    replaces: str | None
    """The id of the notice whose place it takes."""
    replaced: tuple[str, str] | None
    """The day, and the id of the notice that took its place."""


def shown(notice: NoticeView, tenant_page: TenantPage, reader: Reader) -> ShownNotice:
    ended = notice.withdrawn
    return ShownNotice(
        id=notice.id,
        title=reader.of_code("register.", notice.kind),
        published=_day(notice.published_on, reader),
        fields=[(reader.label(field.label, field.name), value_of(field, reader)) for field in notice.fields],
        corrections=[_correction(one, notice, tenant_page, reader) for one in notice.corrections],
        withdrawn=None if ended is None else (_day(ended.on, reader), ended.reason),
        sha256=notice.sha256,
        replaces=notice.replaces,
        replaced=None if notice.replaced is None else (_day(notice.replaced.on, reader), notice.replaced.by),
    )


def value_of(field: NoticeField, reader: Reader) -> str:
    if field.kind == "week" and isinstance(field.value, str):
        return week_text(reader, field.value)
    if field.text is not None:
        return reader.label(field.text)
    return field.value if isinstance(field.value, str) else "、".join(field.value)


def _correction(
    one: Correction, notice: NoticeView, tenant_page: TenantPage, reader: Reader
) -> tuple[str, list[tuple[str, str, str]]]:
    labels = {field.name: reader.label(field.label, field.name) for field in notice.fields}
    changes = [
        (
            labels.get(change.name) or _name(change.name, tenant_page, reader),
            _former(change.name, change.was, tenant_page, reader, "register.concealed"),
            _former(
                change.name, change.now, tenant_page, reader, f"register.{'removed' if change.was else 'concealed'}"
            ),
        )
        for change in one.changes
    ]
    return _day(one.on, reader), changes


def _name(name: str, tenant_page: TenantPage, reader: Reader) -> str:
    fact = tenant_page.policy.document.definition(name)
    return name if fact is None or fact.name is None else reader.label(fact.name.to_json(), name)


def _former(name: str, value: str | list[str] | None, tenant_page: TenantPage, reader: Reader, absent: str) -> str:
    """The value in words. A code that the policy no longer has stays as it is."""
    if value is None:
        return reader.text(absent)
    if isinstance(value, str) and (week := _WEEK.fullmatch(value)):
        return week_text(reader, week[0])
    fact = tenant_page.policy.document.definition(name)
    known = {} if fact is None else fact.choices
    categories = tenant_page.policy.document.intake.categories.get(name, {})
    labels = {code: label.to_json() for code, label in {**categories, **known}.items()}
    return "、".join(reader.label(labels.get(one), one) for one in ([value] if isinstance(value, str) else value))


def _day(text: str, reader: Reader) -> str:
    return day_text(reader, date.fromisoformat(text))
