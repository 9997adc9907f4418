"""A limit that cannot be read: the fault says why, and the correction how limits are written."""

from __future__ import annotations

import re

import pytest

from chalicelib.policy import publishing
from chalicelib.policy.reading.faults import Fault, PolicyFault
from tests.kernel.policy.faulty_policies.fault_cases_limits import WRONG_LIMITS
from tests.kernel.policy.faulty_policies.faulty import faulty


def fault(text: str) -> Fault:
    with pytest.raises(PolicyFault) as found:
        publishing.prepare(faulty("clocks/decision/within/0/limit", text))
    [only] = found.value.faults
    return only


@pytest.mark.parametrize("text", [text for texts in WRONG_LIMITS.values() for text in texts])
def test_the_correction_lists_the_forms_and_how_to_quote_them(text: str) -> None:
    found = fault(text)
    for form in ("30 calendar days", "same day", "until 31 January", "{later of: [24 hours, 1 working day]}"):
        assert form in found.text("mend_en")
        assert form in found.text("mend_zh")
    assert "quotes" in found.text("mend_en")
    assert "引号" in found.text("mend_zh")
    assert f"`{text}`" in found.text("zh")


@pytest.mark.parametrize(
    ("text", "english", "chinese"),
    [
        ("until 31 February", "there is no 31 February", "没有 2 月 31 日"),
        (
            "11 calendar years",
            "a limit is at most ten years, which is 10 calendar years",
            "时限最长十年，即 10 calendar year",
        ),
        ("later of 1 day, none", "none of them is", "两至 4 个时限"),
        ("5 days including the first day", "goes with working days", "只用于工作日"),
        ("1 day then none", "none of them is", "then 连接两至 4 个时限"),
        ("6 calendar years then 5 calendar years", "at most ten years together", "合计最长十年"),
        ("soon", "it has none of the forms of a limit", "写法不属于任何一种时限"),
    ],
)
def test_the_fault_says_why_in_each_language(text: str, english: str, chinese: str) -> None:
    found = fault(text)
    assert english in found.text("en")
    assert chinese in found.text("zh")
    assert re.search("there is|at most|it has", found.text("zh")) is None


@pytest.mark.parametrize("written", [5, [{"when": {"channel": "phone"}, "limit": "5 working days"}]])
def test_a_limit_that_is_no_text_is_told_how_a_limit_is_written(written: object) -> None:
    with pytest.raises(PolicyFault) as found:
        publishing.prepare(faulty("intake/limitation/within", written))
    [only] = found.value.faults
    assert only.text("mend_en") == "write one limit, such as `5 working days` here"
