"""A search tells its reader nothing about complaints or texts that they may not see."""

from __future__ import annotations

from typing import Any

import pytest

from infra.memory_store.store import RecordedCall
from tests.clauses.offices.bureau import bureau_in, filed
from tests.clauses.offices.hall import accepted, hall_in
from tests.clauses.offices.marketplace import marketplace_in, unit
from tests.clauses.organisation import Organisation, hire
from tests.clauses.world import InProcess
from tests.kernel.web.untouched import in_process
from tests.search.offices import ROUTE, ask, file, found, merge
from tests.supervision.reporting import report


@pytest.fixture
def hall() -> Organisation:
    """P4: a case is read by reception, the director and the investigators to whom it is assigned."""
    found = hall_in(InProcess("2026-11-27T09:00:00+08:00"))
    hire(found, "investigator", name="colleague")
    return found


@pytest.fixture
def marketplace() -> Organisation:
    """P1: the respondent is a unit that has an account."""
    return marketplace_in(InProcess("2026-11-27T09:00:00+08:00"))


def assigned_to(hall: Organisation, who: str, content: str) -> str:
    number = accepted(hall, facts={"content": content})
    hall.act(number, "director", "assign", investigators=[hall.subs[who]])
    hall.world.settle()
    return number


@pytest.mark.parametrize("merged", [False, True])
def test_an_investigator_finds_assigned_cases_only(hall: Organisation, merged: bool) -> None:
    mine, _ = assigned_to(hall, "investigator", "窗口漏水"), assigned_to(hall, "colleague", "大厅漏水")
    if merged:
        merge(hall)

    assert found(hall, "investigator", words="漏水") == [mine]
    assert len(found(hall, "reception", words="漏水")) == 2
    assert found(hall, "owner", words="漏水") == []


def calls_of(hall: Organisation, who: str, **criteria: Any) -> list[RecordedCall]:
    """Of a search when the caches are filled."""
    store = in_process(hall).fakes.store
    for _ in range(2):
        before = len(store.calls)
        assert found(hall, who, **criteria) == []
    return list(store.calls)[before:]


@pytest.mark.parametrize("merged", [False, True])
@pytest.mark.parametrize("limit", [1, 50])
def test_the_store_is_asked_the_same_for_hidden_cases_and_for_none(
    hall: Organisation, merged: bool, limit: int
) -> None:
    for _ in range(3):
        assigned_to(hall, "colleague", "大厅漏水")
    if merged:
        merge(hall)

    hidden = calls_of(hall, "investigator", words="漏水", limit=limit)

    assert hidden == calls_of(hall, "investigator", words="火灾", limit=limit)
    assert ("get", 100) in [(call.name, call.keys) for call in hidden]


def test_an_answer_is_the_same_for_hidden_cases_and_for_none(hall: Organisation) -> None:
    for _ in range(3):
        assigned_to(hall, "colleague", "大厅漏水")

    answers = [ask(hall, "investigator", words=words, limit=1).json for words in ("漏水", "火灾")]

    assert answers == [{"complaints": [], "cursor": None, "incomplete": False}] * 2


def test_a_phone_number_of_hidden_cases_asks_the_store_for_as_many_keys(hall: Organisation) -> None:
    assigned_to(hall, "colleague", "大厅漏水")
    known = calls_of(hall, "investigator", phone="00000000000")
    assert known == calls_of(hall, "investigator", phone="99999999999")


def test_a_recused_person_finds_the_case_no_more() -> None:
    bureau = bureau_in(InProcess("2026-11-27T09:00:00+08:00"))
    number = filed(bureau, reasons="食品漏水")
    bureau.world.settle()
    before = found(bureau, "officer", words="漏水")

    bureau.act(number, "officer", "recuse", reason="被投诉者是亲属。")

    assert (before, found(bureau, "officer", words="漏水")) == ([number], [])
    assert found(bureau, "leader", words="漏水") == [number]


def test_a_respondent_finds_the_content_of_own_cases_and_no_internal_text(marketplace: Organisation) -> None:
    unit(marketplace, "rival")
    own, rival = (file(marketplace, "商品漏水", fact="reason", unit=name) for name in ("seller", "rival"))
    for number in (own, rival):
        marketplace.act(number, "screener", "accept", responsible=marketplace.subs["handler"])
    merge(marketplace)

    assert found(marketplace, "seller", words="漏水") == [own]
    assert len(found(marketplace, "director", words="漏水")) == 2


def test_a_hit_is_on_the_read_log_with_the_classes_that_matched(hall: Organisation) -> None:
    number = assigned_to(hall, "investigator", "窗口漏水")
    found(hall, "investigator", words="漏水")
    found(hall, "investigator", words="火灾")
    found(hall, "investigator", archived=False)

    reads = hall.get(f"/complaints/{number}/reads", "owner")["reads"]

    assert [(read["route"], read["classes"], read["by"]) for read in reads] == [
        (ROUTE, ["content"], hall.subs["investigator"])
    ]


def test_a_report_about_the_office_is_not_found(marketplace: Organisation) -> None:
    report(marketplace, text="审核员漏水不处理")
    merge(marketplace)

    assert found(marketplace, "owner", words="漏水") == []


def test_others_may_not_search(hall: Organisation) -> None:
    path = f"{hall.path}/complaints/search"
    for auth in (None, hall.auth("complainant", hall.file())):
        assert hall.world.call("POST", path, {"words": "漏水"}, auth=auth).status == 401
