"""A correction is a new edition with its reason; the earlier one stays as it was published."""

from __future__ import annotations

from typing import Any

import pytest

from tests.clauses.organisation import Organisation
from tests.figures.office import asked, editions, published_council, table
from tests.figures.wrong import falsified, tripled
from tests.helpers.fakes.client import Answer

REASON = "Each complaint was counted three times."


@pytest.fixture
def london() -> Organisation:
    found = published_council()
    tripled(found, "2026-09")
    assert asked(found, "/2026-09").json["total"]["values"]["received"] == 3 * 53
    return found


def correct(at: Organisation, period: str = "2026-09", who: str = "owner", **body: Any) -> Answer:
    return at.world.call("POST", f"{at.path}/figures/{period}/editions", {"reason": REASON, **body}, auth=at.auth(who))


def test_a_correction_is_a_new_edition_that_says_so(london: Organisation) -> None:
    answer = correct(london)
    assert answer.status == 201, answer.text
    assert asked(london, "/2026-09").json == answer.json
    found = [(one["edition"], one["corrects"]) for one in editions(london)]
    assert found == [(2, REASON), (1, None)]
    assert answer.json["total"]["values"] == {"received": 53, "met": 33, "missed": 20}


def test_the_earlier_edition_stays(london: Organisation) -> None:
    before = asked(london, "/2026-09").json
    correct(london)
    assert asked(london, "/2026-09?edition=1").json == before


def test_a_correction_has_the_tables_of_the_first_edition(london: Organisation) -> None:
    edition = correct(london).json
    assert table(edition, "category.matter", "received") == {"damage": 30, "delay": 23, "": 0, "(other)": 0}
    assert table(edition, "channel", "received") == {"desk": None, "phone": 12, "web": None, "(other)": 0}


def test_what_was_left_out_stays_left_out(london: Organisation) -> None:
    falsified(london, "2026-09", lambda by, name, figure: None if (by, name) == ("week", "met") else figure)
    edition = correct(london).json
    assert set(table(edition, "week", "met").values()) == {None}
    assert table(edition, "category.matter", "met")["damage"] == 20


def test_the_record_has_the_digest_of_the_correction(london: Organisation) -> None:
    edition = correct(london).json
    events = london.get("/record", "owner")["events"]
    found = [event["fields"] for event in events if event["type"] == "figures_published"]
    assert found[0] == {"period": "2026-09", "edition": 2, "sha256": edition["sha256"]}


def test_correct_figures_are_not_corrected(london: Organisation) -> None:
    correct(london)
    answer = correct(london)
    assert (answer.status, answer.problem) == (409, "conflict")
    assert len(editions(london)) == 2


def test_only_owners_correct(london: Organisation) -> None:
    assert correct(london, who="clerk").status == 403


def test_unpublished_figures_are_not_corrected(london: Organisation) -> None:
    assert correct(london, "2026-08").status == 404


@pytest.mark.parametrize("reason", ["As bob@people.example wrote.", "See www.people.example."])
def test_a_reason_that_names_a_person_is_refused(london: Organisation, reason: str) -> None:
    answer = correct(london, reason=reason)
    assert (answer.status, answer.pointer) == (422, "/reason")
    assert len(editions(london)) == 1


def test_a_reason_that_may_name_a_person_must_have_been_checked(london: Organisation) -> None:
    answer = correct(london, reason="应赵先生的要求更正。")

    assert (answer.status, answer.pointer) == (422, "/reason")
    assert correct(london, reason="应赵先生的要求更正。", checked=True).status == 201


@pytest.mark.parametrize("reason", ["", "x" * 1001, 7, None])
def test_a_reason_is_required(london: Organisation, reason: Any) -> None:
    assert correct(london, reason=reason).status in (400, 422)
