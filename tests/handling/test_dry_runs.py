"""`?dry_run=true` on an act: what it would do, as the same code decides, and nothing is stored.

`tests/across/recorded/test_dry_runs.py` compares each act of the stories with its dry run.
"""

from __future__ import annotations

from typing import Any

import pytest

from tests.clauses.organisation import Organisation
from tests.handling.exclusion.council import council
from tests.helpers.fakes.client import Answer, fresh_key
from tests.kernel.web.untouched import in_process, refused, untouched

ACTS = {
    "decide": {
        "by": "officer",
        "to": "done",
        "takes": ["view"],
        "tells": ["complainant", {"to": ["manager"], "way": []}],
        "approval": {"by": "reviewer", "when": {"channel": ["letter"]}},
    },
    "accept": {"by": "officer"},
    "recuse": {"by": "officer"},
}
CLOCKS = {
    "answer": {
        "name": {"en": "Answer"},
        "from": "registered",
        "until": "decided",
        "within": "1 working day",
        "missed": "record",
    },
    "look": {
        "name": {"en": "Look again"},
        "from": "accepted",
        "until": "decided",
        "within": "2 working days",
        "missed": "record",
    },
}
CHANNELS = {"phone": {"en": "Phone"}, "letter": {"en": "Letter"}}
FACTS = {
    "content": {"en": "What happened", "required": True},
    "complainant.email": {"name": {"en": "E-mail"}, "kind": "email"},
}
INTAKE = {"channels": CHANNELS, "facts": FACTS, "first": "open"}


@pytest.fixture
def office() -> Organisation:
    return council(ACTS, clocks=CLOCKS, intake=INTAKE)


def dry(office: Organisation, number: str, who: str, act: str, /, key: str = "", **fields: Any) -> Answer:
    headers = {"Idempotency-Key": key or fresh_key()}
    path = f"{office.path}/complaints/{number}/acts/{act}?dry_run=true"
    return office.world.call("POST", path, {"fields": fields}, auth=office.auth(who, number), headers=headers)


def would(office: Organisation, number: str, who: str, act: str, /, **fields: Any) -> dict[str, Any]:
    with untouched(office):
        answer = dry(office, number, who, act, **fields)
    assert answer.status == 200, answer.text
    found: dict[str, Any] = answer.json["would"]
    return found


def test_it_says_the_stage_and_that_the_case_closes(office: Organisation) -> None:
    found = would(office, office.file(), "officer", "decide")

    assert found["stage"]["from"]["label"]["en"] == "Open"
    assert found["stage"]["to"] == {"stage": "done", "label": {"zh": "Done", "en": "Done"}}
    assert found["closes"]


def test_it_says_which_deadlines_start_stop_and_when(office: Organisation) -> None:
    number = office.file()
    accepted = would(office, number, "officer", "accept")
    assert [(one["clock"], one["label"]["en"], one["due"]) for one in accepted["starts"]] == [
        ("look", "Look again", "2026-12-01T10:00:00.000Z")
    ]
    assert accepted["stops"] == []
    office.act(number, "officer", "accept")

    decided = would(office, number, "officer", "decide")
    assert {(one["clock"], one["state"]) for one in decided["stops"]} == {("answer", "met"), ("look", "met")}


def test_it_says_who_is_told_by_what_way_and_under_which_subject(office: Organisation) -> None:
    number = office.file(facts={"content": "x", "complainant.email": "li@customer.example"})
    told = would(office, number, "officer", "decide")["tells"]

    assert [(one["role"], one["ways"]) for one in told] == [
        ("complainant", ["in_app", "email"]),
        ("manager", ["in_app"]),
    ]
    assert told[0]["subject"] == {"zh": f"您的投诉 {number}：已作出处理决定", "en": f"Your complaint {number}: decided"}


def test_a_complainant_without_an_address_reads_it_on_the_page_only(office: Organisation) -> None:
    told = would(office, office.file(), "officer", "decide")["tells"]

    assert [one["ways"] for one in told if one["role"] == "complainant"] == [["in_app"]]


def test_it_says_who_must_approve(office: Organisation) -> None:
    found = would(office, office.file(channel="letter"), "officer", "decide")

    assert [one["role"] for one in found["approval"]["by"]] == ["reviewer"]
    assert ([one["type"] for one in found["events"]], found["closes"]) == (["proposed", "notified"], False)


def test_what_time_has_caused_is_apart_and_is_not_recorded(office: Organisation) -> None:
    number = office.file()
    in_process(office).fakes.clock.move_to(in_process(office).fakes.clock.now + 7 * 86_400_000)

    found = would(office, number, "officer", "accept")

    assert [one["type"] for one in found["due"]] == ["missed"]
    assert [one["type"] for one in found["events"]] == ["accepted"]
    done = office.act(number, "officer", "accept")
    assert [one["type"] for one in done["events"]] == ["missed", "accepted"]


@pytest.mark.parametrize(
    ("who", "act", "fields", "status"),
    [
        ("officer", "decide", {"unknown": "x"}, 422),
        ("officer", "close", {}, 403),
        ("manager", "reopen", {}, 409),
        ("complainant", "decide", {}, 403),
    ],
)
def test_a_refused_act_has_the_same_problem_and_records_no_due_event(
    office: Organisation, who: str, act: str, fields: dict[str, str], status: int
) -> None:
    number = office.file()
    in_process(office).fakes.clock.move_to(in_process(office).fakes.clock.now + 7 * 86_400_000)

    with untouched(office):
        tried = dry(office, number, who, act, **fields)
    done = office.try_act(number, who, act, **fields)

    assert tried.status == status
    unlike = {"correlation_id"}
    assert {key: one for key, one in tried.json.items() if key not in unlike} == {
        key: one for key, one in done.json.items() if key not in unlike
    }


def test_an_excluded_person_has_no_dry_run(office: Organisation) -> None:
    number = office.file()
    office.act(number, "officer", "recuse")

    with untouched(office):
        refused(dry(office, number, "officer", "accept"), 403, "forbidden")


def test_its_key_is_free_for_the_act(office: Organisation) -> None:
    number, key = office.file(), fresh_key()
    assert dry(office, number, "officer", "accept", key).status == 200
    path, headers = f"{office.path}/complaints/{number}/acts/accept", {"Idempotency-Key": key}

    done = office.world.call("POST", path, {"fields": {}}, auth=office.auth("officer"), headers=headers)

    assert [one["type"] for one in done.json["events"]] == ["accepted"]
    assert "Idempotency-Replayed" not in done.headers
    assert "would" in dry(office, number, "officer", "accept", key).json


def test_an_earlier_version_is_refused_as_for_the_act(office: Organisation) -> None:
    number = office.file()
    path, headers = f"{office.path}/complaints/{number}/acts/accept?dry_run=true", {"If-Match": '"9"'}

    with untouched(office):
        answer = office.world.call("POST", path, {"fields": {}}, auth=office.auth("officer"), headers=headers)

    refused(answer, 412, "stale")


@pytest.mark.parametrize("text", ["maybe", "", "2"])
def test_dry_run_is_true_or_false(office: Organisation, text: str) -> None:
    number = office.file()
    path = f"{office.path}/complaints/{number}/acts/accept?dry_run={text}"

    with untouched(office):
        answer = office.world.call("POST", path, {"fields": {}}, auth=office.auth("officer"))

    refused(answer, 400, "bad-request", "/query/dry_run")


def test_it_takes_no_more_reads_than_the_act_and_no_write(office: Organisation) -> None:
    number = office.file()
    calls = in_process(office).fakes.store.calls
    dry(office, number, "officer", "accept")

    def made(path: str) -> list[str]:
        before = len(calls)
        office.world.call(
            "POST", f"{office.path}/complaints/{number}{path}", {"fields": {}}, auth=office.auth("officer")
        )
        return [one.name for one in calls[before:]]

    tried, done = made("/acts/accept?dry_run=true"), made("/acts/accept")

    assert "commit" not in tried
    assert len(tried) <= len([name for name in done if name != "commit"])
