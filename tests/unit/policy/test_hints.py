"""Hints: what an author may not have meant. They do not block publication."""

from __future__ import annotations

import json
import re

import pytest

from chalicelib.policy import publishing
from tests.unit.policy.faulty import faulty


def hints(limit: str) -> list[tuple[str, str]]:
    document = faulty("clocks/decision/within", limit)
    document["intake"]["limitation"]["within"] = "1 day"
    del document["severity"]["ageing"]
    return [(hint.pointer, hint.kind) for hint in publishing.prepare(document).hints]


@pytest.mark.parametrize("limit", ["2 days", "30 days", "1 week", "1 month"])
def test_elapsed_days_have_a_hint(limit: str) -> None:
    assert hints(limit) == [("/clocks/decision/within", "elapsed-days")]


@pytest.mark.parametrize("limit", ["1 day", "48 hours", "5 working days", "same working day", "none"])
def test_other_limits_have_none(limit: str) -> None:
    assert hints(limit) == []


def test_a_hint_says_in_two_languages_what_to_write() -> None:
    hint = publishing.prepare(faulty("clocks/decision/within", "30 days")).hints[-1]
    assert all(re.search("[\u4e00-\u9fff]", hint.text(part)) for part in ("zh", "mend_zh"))
    assert all("calendar days" in hint.text(part) for part in ("mend_zh", "mend_en"))


def test_a_hint_in_a_text_has_its_line() -> None:
    text = "\n".join(["{", *(f'"{key}": {value},' for key, value in _good_lines()), "}"])
    assert all(hint.line for hint in publishing.prepare(text).hints)


def _good_lines() -> list[tuple[str, str]]:
    return [(key, json.dumps(value)) for key, value in faulty("clocks/decision/within", "30 days").items()]
