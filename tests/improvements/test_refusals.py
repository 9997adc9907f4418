"""Bad input about improvement actions, people who may not see them, the list, and what is on record."""

from __future__ import annotations

import csv
import io
import uuid

import pytest

from chalicelib.access import binding
from chalicelib.features.improvements import action, commands
from chalicelib.store.keys import improvements
from chalicelib.store.port import Put
from tests.clauses.organisation import Organisation, hire
from tests.helpers.nonempty import nonempty
from tests.improvements.acting import ask, do, events, opened, types, wanted


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"title": "\u0007"}, "/title"),
        ({"title": "字" * 201}, "/title"),
        ({"by": "category.none"}, "/by"),
        ({"by": "answer.findings"}, "/by"),
        ({"value": "broken"}, "/value"),
        ({"by": "answer.cause", "value": "yes"}, "/value"),
        ({"by": "unit", "value": "nowhere"}, "/value"),
        ({"owner": "nobody"}, "/owner"),
        ({"due": "2026-02-30"}, "/due"),
        ({"due": "2026-11-15"}, "/due"),
        ({"due": "2029-11-15"}, "/due"),
    ],
)
def test_bad_input_is_refused_with_its_place(desk: Organisation, changes: dict[str, str], pointer: str) -> None:
    answer = ask(desk, "POST", "", wanted(desk, **changes))

    assert (answer.status, answer.pointer) == (422, pointer)
    assert types(desk) == []


@pytest.mark.parametrize(
    ("act", "body", "pointer"),
    [
        ("cancel", {}, "/reason"),
        ("cancel", {"reason": "\u0007"}, "/reason"),
        ("done", {"reason": "好了。"}, "/reason"),
        ("hand_over", {}, "/owner"),
        ("hand_over", {"owner": "nobody"}, "/owner"),
        ("hand_over", {"due": "2026-11-01"}, "/due"),
    ],
)
def test_a_bad_act_is_refused_with_its_place(desk: Organisation, act: str, body: dict[str, str], pointer: str) -> None:
    answer = do(desk, opened(desk), act, **body)

    assert (answer.status, answer.pointer) == (422, pointer)


@pytest.mark.parametrize(("number", "act"), [("1", "done"), ("none", "done"), ("", "none")])
def test_an_unknown_action_or_act_is_not_found(desk: Organisation, number: str, act: str) -> None:
    known = opened(desk)

    assert do(desk, number or known, act).status == 404


def test_only_those_who_manage_actions_open_and_cancel_them(desk: Organisation) -> None:
    assert ask(desk, "POST", "", wanted(desk), "agent").status == 403
    number = opened(desk)

    assert do(desk, number, "cancel", "after_sales", reason="不做了。").status == 403


def test_other_members_do_not_see_an_action(desk: Organisation) -> None:
    number = opened(desk)

    assert ask(desk, "GET", f"/{number}", who="agent").status == 404
    assert do(desk, number, "done", "agent").status == 404
    assert ask(desk, "GET", who="agent").json["improvements"] == []
    assert [one["id"] for one in ask(desk, "GET", who="after_sales").json["improvements"]] == [number]


def test_a_respondent_cannot_own_an_action(desk: Organisation) -> None:
    assert ask(desk, "POST", "", wanted(desk)).status == 201
    body = {"id": "shop", "name": "门店"}
    assert desk.world.call("POST", f"{desk.path}/units", body, auth=desk.auth("owner")).status == 201
    hire(desk, "respondent", name="seller", unit="shop")

    answer = ask(desk, "POST", "", wanted(desk, owner=desk.subs["seller"]))

    assert (answer.status, answer.pointer) == (422, "/owner")
    assert ask(desk, "GET", who="seller").status == 403


def test_actions_in_progress_come_first(desk: Organisation) -> None:
    cancelled, running = opened(desk), opened(desk)
    do(desk, cancelled, "cancel", reason="重复。")

    assert [one["id"] for one in ask(desk, "GET").json["improvements"]] == [running, cancelled]


def test_the_list_is_a_csv_file(desk: Organisation) -> None:
    number = opened(desk)

    answer = ask(desk, "GET", Accept="text/csv", **{"Accept-Language": "zh"})

    head, row = csv.reader(io.StringIO(answer.text))
    assert (head[:2], row[:6]) == (
        ["编号", "措施"],
        [number, "供应商来料全检", "category.kind", "product_quality", desk.subs["after_sales"], "进行中"],
    )
    assert row[head.index("是否逾期")] == "否"
    assert row[head.index("提出时间")].endswith("+08:00")


def test_a_repeated_request_opens_one_action(desk: Organisation) -> None:
    key = str(uuid.uuid4())
    first, second = (ask(desk, "POST", "", wanted(desk), **{"Idempotency-Key": key}) for _ in range(2))

    assert (first.status, first.json) == (201, second.json)
    assert types(desk) == ["opened"]


def test_no_text_of_an_action_is_on_record(desk: Organisation) -> None:
    number = opened(desk)
    do(desk, number, "cancel", reason="保密的理由。")

    found = events(desk)

    assert not [one for one in nonempty(found) if "供应商来料全检" in str(one) or "保密" in str(one)]
    assert found[0]["fields"]["before"] == {"from": "2026-11-02", "to": "2026-11-16", "number": 4}


def test_an_organisation_tracks_a_limited_number_of_actions(desk: Organisation) -> None:
    number = opened(desk)
    store = desk.world.fakes.store  # type: ignore[attr-defined]
    with binding.tenant(desk.id):
        key = improvements.action(desk.id, number, over=False)
        one = action.parse(store.get([key])[key]).action
        for place in range(commands.MOST_ACTIVE - 1):
            copy = action.put(desk.id, one).entry
            other = improvements.action(desk.id, f"x{place}", over=False)
            store.commit([Put(type(copy)(key=other, kind=copy.kind, body=copy.body, version=1))])

    answer = ask(desk, "POST", "", wanted(desk))

    assert (answer.status, answer.problem) == (409, "conflict")
