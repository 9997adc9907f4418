"""A practice organisation ends after a week, or at once. It is erased whole, and its owner is told in time."""

from __future__ import annotations

import pytest

from chalicelib.kit.instants import DAY, HOUR, Instant
from chalicelib.store import object_keys
from chalicelib.tenants.practice import LASTS
from tests.clauses.organisation import Organisation
from tests.exports.exported import add_evidence
from tests.helpers.fakes.files import PDF
from tests.helpers.fakes.objects import Version
from tests.helpers.nonempty import nonempty
from tests.leaving.test_leaving import leave, mine, statement
from tests.organisations.practice.practising import listed, world_of


def passes(made: Organisation, time: Instant) -> None:
    """Hours go by, in each of which the hourly jobs run."""
    world = world_of(made)
    end = world.fakes.clock() + time
    while world.fakes.clock() < end:
        world.fakes.clock.move_to(min(end, world.fakes.clock() + HOUR))
        world.sweep()
    world.settle()
    world.fakes.real_clock.advance(61_000)  # each process hears of the end within a minute


def _evidence(made: Organisation, number: str, content: bytes = PDF) -> str:
    found = add_evidence(made, number, content, "other")
    passes(made, 0)
    return found


def stored(made: Organisation) -> list[Version]:
    """Its versions of files in the bucket."""
    objects = world_of(made).fakes.objects.stored
    prefix = object_keys.prefix(made.id)
    return [version for key, versions in objects.items() if key.startswith(prefix) for version in versions.values()]


def told(office: Organisation, who: str = "handler") -> list[str]:
    office.world.settle()
    messages = office.get("/messages?limit=100", who)["messages"]
    return [one["about"] for one in messages if one["wording"] == "organisation_practice_ends"]


def test_it_is_in_use_for_a_week(practice: Organisation) -> None:
    passes(practice, LASTS - HOUR)
    assert practice.world.call("GET", f"/t/{practice.id}").status == 200


def test_after_a_week_it_is_erased_with_everything_in_it(office: Organisation, practice: Organisation) -> None:
    practice.filer = ""
    practice.file()
    passes(practice, LASTS + 3 * HOUR)
    assert mine(practice) == []
    assert statement(practice).json["statement"]["erased"]["complaints"] == 1


def test_the_organisation_itself_stays(office: Organisation, practice: Organisation) -> None:
    passes(practice, LASTS + 3 * HOUR)
    assert office.get("/people/me", "handler")["grants"]
    assert listed(office) == []


def test_its_owner_keeps_their_account(office: Organisation, practice: Organisation) -> None:
    passes(practice, LASTS + 3 * HOUR)
    assert office.emails["handler"] in world_of(office).fakes.identity.people


@pytest.mark.slow
def test_a_legal_hold_does_not_keep_it(practice: Organisation) -> None:
    practice.filer = ""
    practice.act(practice.file(), "owner", "hold", reason="A court asks for it.")
    passes(practice, LASTS + 3 * HOUR)
    assert mine(practice) == []


@pytest.mark.slow
def test_files_under_a_legal_hold_do_not_keep_it(practice: Organisation) -> None:
    """The bucket's legal hold on a file is one that no permission bypasses."""
    practice.filer = ""
    number = practice.file()
    held_later = _evidence(practice, number)
    practice.act(number, "owner", "hold", reason="A court asks for it.")
    practice.world.settle()
    held_before = _evidence(practice, number, PDF + b"another")
    assert held_later != held_before
    assert stored(practice)
    passes(practice, LASTS + 3 * HOUR)
    assert (mine(practice), stored(practice)) == ([], [])


def test_the_lock_of_a_file_ends_within_a_day(practice: Organisation) -> None:
    """In compliance mode no permission ends it earlier."""
    practice.filer = ""
    _evidence(practice, practice.file())
    fakes = world_of(practice).fakes
    ends = [one.until for one in nonempty(stored(practice)) if one.until]
    assert max(nonempty(ends)) <= fakes.real_clock() + DAY


def test_it_ends_with_the_organisation(office: Organisation, practice: Organisation) -> None:
    assert leave(office).status == 202
    passes(practice, 3 * HOUR)
    assert mine(practice) == []


def test_it_ends_with_the_membership_of_who_started_it(office: Organisation, practice: Organisation) -> None:
    path = f"{office.path}/people/{office.subs['handler']}"
    assert office.world.call("DELETE", path, auth=office.auth("owner")).status == 204
    passes(practice, 3 * HOUR)
    assert mine(practice) == []


def test_it_lasts_while_the_organisation_is_suspended(office: Organisation, practice: Organisation) -> None:
    """That can be lifted within the week."""
    office.world.operate("POST", f"/tenants/{office.id}/suspend", {"reason": "Overdue."})
    passes(practice, 3 * HOUR)
    assert mine(practice) != []


def test_a_suspended_one_ends_too(practice: Organisation) -> None:
    practice.world.operate("POST", f"/tenants/{practice.id}/suspend", {"reason": "Overdue."})
    passes(practice, LASTS + 3 * HOUR)
    assert mine(practice) == []


def test_its_owner_ends_it_at_once(practice: Organisation) -> None:
    assert leave(practice).status == 202
    passes(practice, 3 * HOUR)
    assert mine(practice) == []


def test_its_end_is_not_taken_back(practice: Organisation) -> None:
    leave(practice)
    refused = practice.world.call("DELETE", f"{practice.path}/leave", auth=practice.auth("owner"))
    assert (refused.status, refused.problem) == (403, "practice")


def test_its_owner_is_told_a_day_before_in_their_own_organisation(office: Organisation, practice: Organisation) -> None:
    passes(practice, LASTS - DAY - HOUR)
    assert told(office) == []
    passes(practice, 2 * HOUR)
    assert len(told(office)) == 1


def test_they_are_told_once(office: Organisation, practice: Organisation) -> None:
    passes(practice, LASTS - HOUR)
    assert len(told(office)) == 1


def test_others_are_not_told(office: Organisation, practice: Organisation) -> None:
    passes(practice, LASTS - HOUR)
    assert told(office, "screener") == []


def test_a_page_of_one_that_has_ended_says_so(practice: Organisation) -> None:
    passes(practice, LASTS + 3 * HOUR)
    answer = practice.world.call("GET", f"{practice.path}/complaints", auth=practice.auth("owner"))
    assert (answer.status, answer.problem) == (404, "tenant-unknown")
    assert "practice" in answer.json["detail"] or "练习机构" in answer.json["detail"]
