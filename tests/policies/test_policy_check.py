"""Checking a policy over HTTP: each fault has a place, a line, and a remedy in two languages."""

from __future__ import annotations

import json
import re
import time
from typing import Any

import pytest

from chalicelib.policy import presets
from tests.clauses.organisation import Organisation
from tests.helpers.fakes.client import Answer
from tests.helpers.searches import at_night_unless
from tests.kernel.policy.faulty_policies.faulty import faulty
from tests.kernel.policy.reading.test_hostile import HOSTILE


def check(company: Organisation, policy: Any, headers: dict[str, str] | None = None) -> Answer:
    body = {"policy": policy}
    return company.world.call("POST", company.path + "/policy/check", body, auth=company.auth("owner"), headers=headers)


def test_a_valid_policy_is_ok(company: Organisation) -> None:
    answer = check(company, presets.text("platform"))

    assert (answer.status, answer.json["ok"]) == (200, True)
    assert "handler" in answer.json["roles"]


def test_each_fault_of_a_yaml_text_has_line_description_and_remedy(company: Organisation) -> None:
    answer = check(company, presets.text("platform").replace("timezone: Asia/Shanghai", "timezone: Asia/Atlantis"))

    assert answer.status == 422
    (error,) = answer.json["errors"]
    before = presets.text("platform").split("timezone:")[0].splitlines()
    assert (error.pop("line"), error.pop("column")) == (len(before), len(before[-1]) + 1)
    assert error == {
        "pointer": "/policy/calendar/timezone",
        "detail": "there is no such time zone: an IANA time zone is needed, such as Asia/Shanghai",
        "detail_zh": "没有这个时区：须为 IANA 时区名，例如 Asia/Shanghai",
        "mend": "write an IANA name, such as Asia/Shanghai",
        "mend_zh": "请写 IANA 时区名，例如 Asia/Shanghai",
    }


WORDS = {
    "an unknown key": ("\nstages:", "\nstagess:", "stagess", "stages"),
    "a role": ("{roles: agent}", "{roles: agnet}", "agnet", "agent"),
    "a role in quotes": ("{roles: agent}", '{roles: "agnet"}', "agnet", "agent"),
    "a kind of fact": ("kind: email", "kind: emial", "emial", "email"),
    "an act where an event is meant": ("from: registered", "from: register", "register", "registered"),
    "a tab": ("\n  timezone", "\n\t\ttimezone", "\t\t", "    "),
}


@pytest.mark.parametrize("case", WORDS)
def test_where_a_word_is_probably_another_one_the_fault_says_which_and_where(company: Organisation, case: str) -> None:
    right, wrong, word, instead = WORDS[case]
    text = presets.text("customer-service")
    assert right in text
    answer = check(company, text.replace(right, wrong, 1))

    [rewording] = [error["rewording"] for error in answer.json["errors"] if "rewording" in error]
    assert (rewording["word"], rewording["instead"]) == (word, instead)
    line = text.replace(right, wrong, 1).splitlines()[rewording["line"] - 1]
    assert line[rewording["column"] - 1 :].startswith(word)


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("language: 1\nname: *other\n", 2, "别名 `*other` 没有对应的锚点"),
        ("language: 1\n\tname: x\n", 2, "此处有制表符（Tab），YAML 只能用空格缩进"),
        ("language: 1\nlanguage: 1\n", 2, "同一个键出现了两次"),
        ("a: " + "x" * 300_000, None, "文件超过 256 KiB"),
    ],
)
def test_a_text_that_cannot_be_read_is_told_why(company: Organisation, text: str, line: int | None, said: str) -> None:
    [error] = check(company, text).json["errors"]
    assert (error.get("line"), error["detail_zh"]) == (line, said)


HINTED = presets.text("platform").replace("within: 10 calendar days, needs", "within: 2 days, needs")


def test_a_valid_policy_can_have_hints_with_line_description_and_remedy(company: Organisation) -> None:
    (hint,) = [
        one for one in check(company, HINTED).json["hints"] if one["pointer"] == "/policy/intake/received/within"
    ]

    assert "within: 2 days" in HINTED.splitlines()[hint["line"] - 1]
    assert "`2 days`" in hint["detail"]
    assert "calendar days" in hint["mend_zh"]


def test_faults_are_chinese_for_a_chinese_reader(company: Organisation) -> None:
    policy = presets.text("platform").replace("timezone: Asia/Shanghai", "timezone: Asia/Atlantis")

    answer = check(company, policy, {"Accept-Language": "zh-CN"})

    assert (answer.json["title"], answer.json["detail"]) == ("制度配置有误", "该制度存在问题，不能发布。")
    (error,) = answer.json["errors"]
    assert error["detail"] == "没有这个时区：须为 IANA 时区名，例如 Asia/Shanghai"
    assert error["mend"] == "请写 IANA 时区名，例如 Asia/Shanghai"


DATES_EN, DATES_ZH = "these dates are not valid: ", "日期有误："
NO_DAY = {"en": f"{DATES_EN}these days leave no working day", "zh": f"{DATES_ZH}这些日子使该日历没有工作日"}
WITHIN = "later of 1 working day then 1 day, 2 days"
IN_TURN = {
    "en": f"`{WITHIN}` is not a valid limit: "
    '"later of" and "earlier of" join two to 4 limits with ", ", and none of them is "none", "later of", '
    '"earlier of" or "then"',
    "zh": f"`{WITHIN}` 不是正确的时限："
    "later of 与 earlier of 以逗号加空格连接两至 4 个时限，其中不能有 none、later of、earlier of 或 then",
}


@pytest.mark.parametrize(
    ("place", "written", "pointer", "said"),
    [
        ("calendar/closed", ["01-01..12-31"], "/policy/calendar/closed", NO_DAY),
        (
            "calendar/closed",
            [
                f"{nth} {day}"
                for nth in ("1st", "2nd", "3rd", "4th", "last")
                for day in ("mon", "tue", "wed", "thu", "fri")
            ],
            "/policy/calendar/closed",
            NO_DAY,
        ),
        ("clocks/decision/within", WITHIN, "/policy/clocks/decision/within", IN_TURN),
        (
            "clocks/decision/within",
            {"later of": ["1 working day then 1 day", "2 days"]},
            "/policy/clocks/decision/within",
            IN_TURN,
        ),
    ],
)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_fault_says_in_both_languages_what_is_wrong(
    company: Organisation, place: str, written: Any, pointer: str, said: dict[str, str], language: str
) -> None:
    answer = check(company, faulty(place, written), {"Accept-Language": language})

    [error] = answer.json["errors"]
    assert (error["pointer"], error["detail"]) == (pointer, said[language])


def test_hints_are_chinese_for_a_chinese_reader(company: Organisation) -> None:
    english, chinese = (check(company, HINTED, {"Accept-Language": one}) for one in ("en", "zh"))

    hint = chinese.json["hints"][0]
    assert (hint["detail"], hint["mend"]) == (hint["detail_zh"], hint["mend_zh"])
    assert english.json["hints"][0] | {"detail": hint["detail"], "mend": hint["mend"]} == hint
    assert (chinese.headers["Content-Language"], chinese.headers["Vary"]) == ("zh", "Accept-Language")
    assert english.headers["Content-Language"] == "en"


def test_a_fault_of_a_json_policy_has_no_line(company: Organisation) -> None:
    answer = check(company, {**presets.document("platform"), "name": 7})

    assert [(error["pointer"], "line" in error) for error in answer.json["errors"]] == [("/policy/name", False)]


WAYS = [
    pytest.param(as_text, what, marks=at_night_unless(place % 4 == 0 if as_text else place % 2 == 1))
    for as_text in (False, True)
    for place, what in enumerate(HOSTILE)
]
"""By day half of the documents as JSON and a quarter as texts: `tests/kernel/policy/reading/test_hostile.py` reads all
of them, and reading is what takes long."""


@pytest.mark.parametrize(("as_text", "what"), WAYS)
def test_a_hostile_document_is_refused_within_two_seconds(company: Organisation, as_text: bool, what: str) -> None:
    document = HOSTILE[what]()
    began = time.process_time()

    answer = check(company, json.dumps(document) if as_text and not isinstance(document, str) else document)

    assert time.process_time() - began < 2
    assert answer.status in (413, 422)
    assert answer.status == 413 or answer.json["errors"]


GIVEN = {"channel": "oral"}
REGISTERED = {"registered": "2026-11-27T10:00"}


@pytest.mark.parametrize(
    ("example", "chinese"),
    [
        ({"given": {"channel": "smoke"}}, "这不可能发生：须为以下之一：.*oral.*"),
        ({"events": {"accepted": "2026-11-27T10:00"}}, "这不可能发生：只有第一个事件是 registered，且必须是它"),
        ({"then": {"open": "archive"}}, "示例不成立：预期 archive 可以执行，结果是 可以执行的操作：.*"),
        ({"then": {"not_open": "accept"}}, "示例不成立：预期 accept 不能执行，结果是 可以执行的操作：.*"),
        (
            {"then": {"decision": {"due": "2026-11-27T10:00"}}},
            "示例不成立：预期 2026-11-27T10:00，结果是 该时限未曾计时",
        ),
    ],
)
def test_a_failing_example_is_told_in_chinese_to_a_chinese_reader(
    company: Organisation, example: dict[str, Any], chinese: str
) -> None:
    one = {"given": GIVEN, "events": REGISTERED, "then": {"stage": "registered"}, **example}
    policy = {**presets.document("food-drug-administration"), "examples": [one]}

    answers = [check(company, policy, {"Accept-Language": language}).json["errors"] for language in ("en", "zh")]

    (english,), (told,) = answers
    assert re.fullmatch(chinese, told["detail"])
    assert english["detail_zh"] == told["detail_zh"] == told["detail"] != english["detail"]
    assert english["detail"].isascii()


@pytest.mark.parametrize(
    ("text", "chinese"),
    [
        ("language: [1", "此处不是正确的 YAML"),
        (
            "colour: red",
            "日历此处有误：没有这个键；日历的键有：timezone, hours, holidays, closed, open, day_ends, swapped, "
            "last_day, calendar_days_end, paused_days, listed_through, last_day_of",
        ),
    ],
)
def test_a_fault_in_chinese_quotes_no_english_reason(company: Organisation, text: str, chinese: str) -> None:
    policy = (
        text
        if text.startswith("language")
        else presets.text("platform").replace("calendar:", f"calendar:\n  {text}", 1)
    )

    answer = check(company, policy, {"Accept-Language": "zh"})

    assert chinese in [place["detail"] for place in answer.json["errors"]]
