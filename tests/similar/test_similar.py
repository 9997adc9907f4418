"""`GET …/complaints/{number}/similar`: complaints with a similar text, for members who may see them."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from chalicelib.access import binding
from chalicelib.features.messages.relay.relay import RelayedEvent
from chalicelib.features.similar import index
from chalicelib.features.similar import queries as queries
from chalicelib.limits.plans import PLANS
from chalicelib.store.keys import CaseRef
from chalicelib.workers import reactions
from tests.clauses.offices import helpdesk
from tests.clauses.offices.bureau import bureau_in, filed
from tests.clauses.offices.estate import estate_in
from tests.clauses.organisation import Organisation, hire
from tests.clauses.world import InProcess
from tests.helpers.nonempty import nonempty

# The keys by which texts are compared are random for each organisation: texts that a test calls alike are very alike.
LEAK = "厨房水槽下面的水管从上周五开始漏水，打了三次电话都没有人来修，地板已经泡坏了，请尽快派人处理。"
AGAIN = "厨房水槽下面的水管从上周五开始漏水，打了三次电话都没有人来修，木地板已经泡坏了，请尽快派人来处理！"
NOISE = "楼上住户每天半夜装修，电钻声音很大，孩子睡不着觉，物业说管不了，希望有人能够出面协调一下这个问题。"
ENGLISH = "The pump that I bought in May stopped working after two weeks, and nobody answers my letters about it."
START = "2026-11-27T09:00:00+08:00"


@pytest.fixture
def desk() -> Organisation:
    return helpdesk.helpdesk_in(InProcess(START))


@pytest.fixture
def estate() -> Organisation:
    """Two offices, with a member who sees the complaints of one of them."""
    estate = estate_in(InProcess(START))
    for unit in ("north", "south"):
        asked = {"id": unit, "name": f"{unit}区"}
        assert estate.world.call("POST", f"{estate.path}/units", asked, auth=estate.auth("owner")).status == 201
    hire(estate, "management_office", name="northerner", unit="north")
    return estate


def file(at: Organisation, text: str, **more: Any) -> str:
    number = at.file(facts={"content": text}, **more)
    at.world.settle()
    return number


def similar(at: Organisation, number: str, who: str = "agent") -> dict[str, Any]:
    found: dict[str, Any] = at.get(f"/complaints/{number}/similar", who)
    return found


def numbers(at: Organisation, number: str, who: str = "agent") -> list[str]:
    return [row["number"] for row in similar(at, number, who)["complaints"]]


def test_a_complaint_with_nearly_the_same_text_is_listed_and_another_one_is_not(desk: Organisation) -> None:
    earlier, other = file(desk, LEAK), file(desk, NOISE)

    answer = similar(desk, file(desk, AGAIN))

    [row] = answer["complaints"]
    assert (row["number"], row["stage"], row["follows"]) == (earlier, "registered", None)
    assert answer["comparable"] is True
    assert 0.3 <= row["likeness"] < 1
    assert numbers(desk, other) == []


def test_width_case_and_spaces_make_no_difference(desk: Organisation) -> None:
    earlier = file(desk, ENGLISH)

    [row] = similar(desk, file(desk, f"  {ENGLISH.upper().replace(' ', '  ')}".replace("MAY", "ＭＡＹ")))["complaints"]

    assert (row["number"], row["likeness"]) == (earlier, 1.0)


def test_english_texts_are_compared_by_their_words(desk: Organisation) -> None:
    """Their letters alone are alike in all of them."""
    file(desk, "The driver who came on Monday was rude to my mother, and left without the parcel that I had paid for.")

    assert numbers(desk, file(desk, ENGLISH)) == []


def test_most_similar_complaints_come_first(desk: Organisation) -> None:
    same, edited = file(desk, LEAK), file(desk, AGAIN)

    assert numbers(desk, file(desk, LEAK)) == [same, edited]


def test_of_many_complaints_those_that_share_most_are_compared(
    desk: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The newer ones of equally many."""
    monkeypatch.setattr(queries, "MOST_CANDIDATES", 2)
    older, newer, edited = file(desk, LEAK), file(desk, LEAK), file(desk, AGAIN)

    assert numbers(desk, file(desk, LEAK)) == [newer, older]
    monkeypatch.setattr(queries, "MOST_CANDIDATES", 1)
    assert numbers(desk, file(desk, AGAIN)) == [edited]


def test_the_list_is_complete_before_the_filing_has_taken_effect(desk: Organisation) -> None:
    earlier, later = file(desk, LEAK), file(desk, AGAIN)
    erase(desk, later)

    assert numbers(desk, later) == [earlier]
    assert numbers(desk, earlier) == []


def test_the_items_of_a_complaint_are_erased_with_it(desk: Organisation) -> None:
    erase(desk, file(desk, LEAK))

    assert stored(desk) == []


def erase(at: Organisation, number: str) -> None:
    with binding.tenant(at.id):
        index.ERASED.remove_of_record(at.world.fakes.store, CaseRef(at.id, number))  # type: ignore[attr-defined]


def test_a_text_that_is_too_short_is_compared_with_nothing(desk: Organisation) -> None:
    short = "水管漏水，没人修。"
    file(desk, short)

    assert similar(desk, file(desk, short)) == {"number": list(desk.filed)[1], "comparable": False, "complaints": []}
    assert stored(desk) == []


def test_a_duplicate_that_was_linked_says_so(desk: Organisation) -> None:
    earlier, later = file(desk, LEAK), file(desk, AGAIN)
    desk.act(later, "agent", "link", to=earlier)

    [row] = similar(desk, earlier)["complaints"]

    assert (row["number"], row["follows"]) == (later, earlier)


def test_only_complaints_that_the_reader_may_see_are_listed(estate: Organisation) -> None:
    south, north = file(estate, LEAK, unit="south"), file(estate, AGAIN, unit="north")

    assert numbers(estate, north, "northerner") == []
    assert numbers(estate, north, "service_centre") == [south]


def test_a_recused_person_is_not_shown_the_complaint() -> None:
    bureau = bureau_in(InProcess(START))
    earlier, later = (filed(bureau, reasons=text) for text in (LEAK, AGAIN))
    bureau.world.settle()

    bureau.act(earlier, "officer", "recuse", reason="被投诉者是亲属。")

    assert numbers(bureau, later, "officer") == []
    assert numbers(bureau, later, "leader") == [earlier]


def test_a_complaint_of_another_unit_is_unknown(estate: Organisation) -> None:
    south = file(estate, LEAK, unit="south")

    answer = estate.world.call("GET", f"{estate.path}/complaints/{south}/similar", auth=estate.auth("northerner"))

    assert (answer.status, answer.problem) == (404, "complaint-unknown")


def test_a_hidden_complaint_changes_no_call_to_the_store(estate: Organisation) -> None:
    """The calls and their sizes are the same with and without it."""
    north = file(estate, LEAK, unit="north")
    numbers(estate, north, "northerner")  # fills the caches
    alone = calls(estate, north)
    file(estate, AGAIN, unit="south")

    assert calls(estate, north) == alone
    assert numbers(estate, north, "northerner") == []


def calls(at: Organisation, number: str) -> list[tuple[str, int]]:
    store = at.world.fakes.store  # type: ignore[attr-defined]
    before = len(store.calls)
    numbers(at, number, "northerner")
    return [(call.name, call.keys) for call in store.calls[before:]]


def test_each_listed_complaint_and_the_complaint_itself_count_as_read(desk: Organisation) -> None:
    earlier, later = file(desk, LEAK), file(desk, AGAIN)
    similar(desk, later)

    for number in (earlier, later):
        [read] = desk.get(f"/complaints/{number}/reads", "owner")["reads"]
        assert (read["by"], read["classes"]) == (desk.subs["agent"], ["content"])
        assert read["route"] == "GET /v1/t/{tenant}/complaints/{number}/similar"


def test_the_list_is_suggested_to_members_who_file_or_open_the_complaint(desk: Organisation) -> None:
    filed = desk.try_file(auth=desk.auth("agent"), facts={"content": LEAK}).json
    number = filed["number"]

    suggested = {filed["similar"], desk.complaint(number, "agent")["similar"]}

    assert suggested == {f"{desk.path}/complaints/{number}/similar"}


def test_it_is_not_suggested_to_the_complainant(desk: Organisation) -> None:
    filed = desk.try_file(auth="", category={}, facts={"content": LEAK}).json
    opened = desk.world.call("GET", f"{desk.path}/complaints/{filed['number']}", auth=f"Receipt {filed['receipt']}")

    assert ("similar" in filed, opened.status, "similar" in opened.json) == (False, 200, False)


def test_a_receipt_does_not_open_the_list(desk: Organisation) -> None:
    number = file(desk, LEAK)

    path = f"{desk.path}/complaints/{number}/similar"

    assert desk.world.call("GET", path, auth=desk.auth("complainant", number)).status == 401


def test_a_plan_can_leave_similar_complaints_out(desk: Organisation, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(PLANS, "starter", replace(PLANS["starter"], similar=False))
    file(desk, LEAK)

    assert numbers(desk, file(desk, LEAK)) == []
    assert stored(desk) == []


def test_a_repeated_event_writes_nothing_more(desk: Organisation) -> None:
    number = file(desk, LEAK)
    before = stored(desk)
    store = desk.world.fakes.store  # type: ignore[attr-defined]
    written = len([call for call in store.calls if call.name == "commit"])

    reactions.run_reactions(desk.world.fakes.wiring, RelayedEvent(desk.id, number, 1))  # type: ignore[attr-defined]

    assert stored(desk) == before
    assert len(before) == 22
    assert len([call for call in store.calls if call.name == "commit"]) == written


def test_the_items_show_neither_the_text_nor_that_two_organisations_have_the_same_one() -> None:
    world = InProcess(START)
    one, other = helpdesk.helpdesk_in(world), helpdesk.helpdesk_in(world)
    file(one, LEAK)
    file(other, LEAK)

    mine, theirs = (band_keys(at) for at in (one, other))

    assert len(mine) == len(theirs) == 21
    assert not mine & theirs
    assert all("水" not in entry.body for entry in nonempty(stored(one)))


def band_keys(at: Organisation) -> set[str]:
    return {entry.key.sk.partition("#")[0] for entry in stored(at) if entry.kind == index.POSTING_KIND}


def stored(at: Organisation) -> list[Any]:
    everything = at.world.fakes.store.everything()  # type: ignore[attr-defined]
    kinds = (index.KIND, index.POSTING_KIND)
    return [entry for entry in everything if entry.kind in kinds and at.id in entry.key.pk]
