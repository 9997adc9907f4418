"""An act on many complaints: a dry run first, and then the same on what it found possible."""

from __future__ import annotations

import pytest

from chalicelib.complaints.acting.act_hooks import ACTS
from chalicelib.features.bulk import lines, order, performing, step
from tests.clauses.organisation import Organisation, sign_up
from tests.handling.bulk.bulks import NOTE, call, done, noted, outcomes, read, run, start, tried, world_of

UNKNOWN = "202611-999999"


def test_a_dry_run_changes_nothing_and_says_what_would_be_refused(office: Organisation) -> None:
    first, second, _ = office.filed
    found = tried(office, **NOTE, numbers=[first, UNKNOWN, second])

    assert outcomes(found) == {first: "possible", UNKNOWN: "refused", second: "possible"}
    assert found["bulk"]["counts"] == {"possible": 2, "refused": 1}
    assert [one["complaints"] for one in found["bulk"]["reasons"]] == [1]
    assert [noted(office, number) for number in (first, second)] == [0, 0]


def test_the_result_is_that_of_the_dry_run(office: Organisation) -> None:
    found = done(office, **NOTE, numbers=[*office.filed, UNKNOWN])

    assert outcomes(found) == {**dict.fromkeys(office.filed, "done"), UNKNOWN: "refused"}
    assert found["bulk"]["counts"] == {"done": 3, "refused": 1}
    assert found["bulk"]["progress"] == {"done": 4, "of": 4}
    assert [noted(office, number) for number in office.filed] == [1, 1, 1]


def test_each_act_is_that_of_the_person_who_asked(office: Organisation) -> None:
    done(office, **NOTE, numbers=list(office.filed)[:1])
    [event] = office.events(next(iter(office.filed)), type_="noted")
    assert event["actor"]["id"] == office.subs["handler"]


def test_all_that_match_are_those_that_the_queue_shows(office: Organisation) -> None:
    first, second, accepted = office.filed
    assert set(outcomes(tried(office, **NOTE, filter={"unassigned": True}))) == {first, second}
    assert set(outcomes(tried(office, **NOTE, filter={"tab": "mine"}))) == {accepted}
    assert set(outcomes(tried(office, **NOTE, filter={}))) == set(office.filed)


def test_a_complaint_named_twice_is_acted_on_once(office: Organisation) -> None:
    number = next(iter(office.filed))
    assert done(office, **NOTE, numbers=[number, number])["bulk"]["counts"] == {"done": 1}
    assert noted(office, number) == 1


def test_a_complaint_that_has_changed_since_the_dry_run_is_left_as_it_is(office: Organisation) -> None:
    first, second, _ = office.filed
    trial = tried(office, **NOTE, numbers=[first, second])["bulk"]["id"]
    office.act(first, "screener", "note", text="另一条备注")
    found = read(office, run(office, trial).json["id"])

    assert outcomes(found) == {first: "changed", second: "done"}
    assert found["complaints"][0]["text"]["en"]
    assert (noted(office, first), noted(office, second)) == (1, 1)


def test_more_complaints_than_a_slice_are_done_in_several_steps(
    office: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(step, "SLICE", 1)
    monkeypatch.setattr(step, "LOOKED_AT", 2)
    found = done(office, **NOTE, filter={})

    assert found["bulk"]["counts"] == {"done": 3}
    assert len(found["complaints"]) == 1
    further = call(office, "GET", f"/bulk/{found['bulk']['id']}?cursor={found['cursor']}")
    assert further.json["complaints"][0]["number"] != found["complaints"][0]["number"]


def test_more_complaints_than_a_bulk_may_have_fail_its_dry_run(
    office: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(step, "MOST", 2)
    found = read(office, start(office, **NOTE, filter={}).json["id"])
    assert (found["bulk"]["state"], found["bulk"]["reason"]) == ("failed", step.TOO_MANY)


def test_a_filter_that_matches_nothing_ends_without_anything_to_do(office: Organisation) -> None:
    found = tried(office, **NOTE, filter={"stage": ["nowhere"]})
    assert (found["complaints"], found["bulk"]["counts"]) == ([], {})
    assert run(office, found["bulk"]["id"]).status == 409


def test_only_acts_whose_row_says_so_can_be_done_in_bulk(office: Organisation) -> None:
    assert {name for name, hooks in ACTS.items() if hooks.in_bulk} == {"assign", "classify", "inform", "note"}
    assert set(performing.PERFORMERS) == {"assign", "classify", "inform", "note", "switch"}
    for act in ("decide", "refuse", "close", "levitate"):
        answer = start(office, act=act, numbers=list(office.filed))
        assert (answer.status, answer.json["errors"][0]["pointer"]) == (422, "/act"), act


@pytest.mark.parametrize("what", [{}, {"numbers": ["202611-000001"], "filter": {}}])
def test_a_bulk_names_its_complaints_or_a_filter(office: Organisation, what: dict[str, object]) -> None:
    assert start(office, **NOTE, **what).status == 422


def test_a_number_of_another_organisation_is_unknown(office: Organisation) -> None:
    other = sign_up(world_of(office), "corporate-standard")
    number = other.file()
    for _ in range(4):
        number = other.file()  # a number that the office has not given yet
    found = tried(office, **NOTE, numbers=[number])
    assert [one["problem"] for one in found["complaints"]] == ["complaint-unknown"]


def test_an_act_that_would_move_a_complaint_is_refused(office: Organisation, monkeypatch: pytest.MonkeyPatch) -> None:
    """A policy can give an act of its own stage; here, acceptance stands for one."""
    monkeypatch.setitem(performing.PERFORMERS, "accept", performing.PERFORMERS["note"])  # type: ignore[arg-type]
    fields = {"responsible": [office.subs["handler"]]}
    found = tried(office, "screener", act="accept", fields=fields, numbers=list(office.filed)[:1])
    assert found["complaints"][0]["problem"] == "act-not-open"
    assert "another stage" in found["complaints"][0]["text"]["en"]


def test_owners_see_the_job_but_not_what_was_typed(office: Organisation) -> None:
    trial = tried(office, **NOTE, numbers=list(office.filed))["bulk"]["id"]
    answer = call(office, "GET", f"/jobs/{trial}", None, "owner")
    assert answer.json["asked"] == {"act": "note", "numbers": 3}
    assert NOTE["fields"]["text"] not in answer.text


def test_an_ended_bulk_keeps_nothing_of_what_was_typed(office: Organisation) -> None:
    job = done(office, **NOTE, numbers=list(office.filed))["bulk"]["id"]
    [entry] = [one for one in world_of(office).fakes.store.everything() if one.key.sk == f"J#{job}"]
    assert "sealed" not in entry.body


def test_owners_switch_the_complaints_that_they_have_chosen(office: Organisation) -> None:
    from chalicelib.policy import presets

    document = dict(presets.document("platform"))
    assert call(office, "POST", "/policy/publish", {"policy": document}, "owner").status == 201
    first, second, _ = office.filed
    found = done(office, "owner", act="switch", numbers=[first])

    assert outcomes(found) == {first: "done"}
    assert (len(office.events(first, type_="switched")), len(office.events(second, type_="switched"))) == (1, 0)
    again = tried(office, "owner", act="switch", numbers=[first])
    assert "already" in again["complaints"][0]["text"]["en"]
    assert outcomes(tried(office, act="switch", numbers=[second])) == {second: "refused"}


def test_the_limits_are_those_of_the_document() -> None:
    assert (order.MOST, order.MOST_NUMBERS, lines.SLICE, step.LOOKED_AT) == (10_000, 1_000, 50, 500)
