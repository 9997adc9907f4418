"""Chinese texts of problems, keyed by the English text or its template. Imported at the first request in Chinese."""

from __future__ import annotations

from typing import Any

from chalicelib.kit.problem import InBoth, Text
from chalicelib.web.chinese import (
    calendars,
    complaints,
    evidence,
    foreign,
    frame,
    inspections,
    ledgers,
    messages,
    organisations,
    policies,
    procedures,
    register,
    values,
)

TEXTS: dict[str, str] = {
    english: chinese
    for part in (
        frame,
        values,
        complaints,
        procedures,
        calendars,
        evidence,
        organisations,
        policies,
        messages,
        register,
        inspections,
        ledgers,
    )
    for english, chinese in part.TEXTS.items()
}
WORDS = {
    ("limit", "people"): "名成员",
    ("limit", "units"): "个单位",
    ("limit", "webhooks"): "个 Webhook",
    ("state", "pending"): "待开通",
    ("state", "active"): "正常",
    ("state", "suspended"): "已暂停",
    ("state", "leaving"): "正在退出",
    ("own", "none"): "无",
}
"""Words of our own among the values of texts, by the name of the placeholder."""
_TEXTS_WITHIN = ("fault", "problem")
"""Placeholders for another text of this service, with or without values."""


def translate(text: str) -> str:
    """The Chinese text. A text that is not in the catalogue, such as the words of an operator, stays as it is."""
    if isinstance(text, Text):
        return TEXTS.get(text.template, text.template).format_map(
            {name: _value(name, value) for name, value in text.values.items()}
        )
    return TEXTS.get(text) or foreign.translate(text)


def _value(name: str, value: Any) -> Any:
    if isinstance(value, Text) or name in _TEXTS_WITHIN:
        return translate(value)
    if isinstance(value, InBoth):
        return value.zh
    return foreign.translate(str(value)) if isinstance(value, Exception) else WORDS.get((name, str(value)), value)
