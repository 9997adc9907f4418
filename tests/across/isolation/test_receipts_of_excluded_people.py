"""A member who files for a complainant is shown the receipt. If the complaint excludes them later, it is replaced."""

from __future__ import annotations

from typing import Any

import pytest

from tests.across.isolation.excluded import ACTS
from tests.clauses.organisation import Organisation
from tests.handling.exclusion.council import council, remove, stand_in
from tests.helpers.fakes.client import Answer, fresh_key
from tests.kernel.web.untouched import in_process

APPROVED = {**ACTS, "recuse": {**ACTS["recuse"], "approval": {"by": "reviewer"}}}


@pytest.fixture
def office() -> Organisation:
    return council(ACTS, tiers=[{"roles": "manager"}])


def filed_by(office: Organisation, who: str) -> tuple[str, str]:
    """The number and the receipt of a complaint that this member filed."""
    answer = office.try_file(auth=office.auth(who))
    return answer.json["number"], answer.json["receipt"]


def recuse(office: Organisation, number: str, *people: str) -> None:
    office.act(number, "manager", "recuse", person=[office.subs[who] for who in people])


def marked(office: Organisation, number: str) -> tuple[Any, bool]:
    shown = office.complaint(number, "manager")
    return shown["receipt_with"], shown["receipt_exposed"]


def opens(office: Organisation, number: str, receipt: str) -> bool:
    path = f"{office.path}/complaints/{number}"
    return office.world.call("GET", path, auth=f"Receipt {receipt}").status == 200


def reissue(office: Organisation, number: str, auth: str) -> Answer:
    path = f"{office.path}/complaints/{number}/receipt"
    return office.world.call("POST", path, auth=auth, headers={"Idempotency-Key": fresh_key()})


def exposed(office: Organisation, number: str) -> list[Any]:
    return [event["fields"]["sub"] for event in office.events(number, "manager", "receipt_exposed")]


def test_the_receipt_of_a_member_whom_the_complaint_excludes_is_marked_and_others_are_told(
    office: Organisation,
) -> None:
    number, receipt = filed_by(office, "officer")

    recuse(office, number, "officer")

    assert (marked(office, number), exposed(office, number)) == ((None, True), [office.subs["officer"]])
    assert [text for text in office.told("manager", number) if "回执" in text] == [
        f"不再参与投诉 {number} 的人员持有其回执。请为投诉人换发。"
    ]
    assert [text for text in office.told("officer", number) if "回执" in text] == []
    assert opens(office, number, receipt)  # the complainant may have no other


def test_after_a_member_replaces_it_the_excluded_person_sees_nothing(office: Organisation) -> None:
    number, receipt = filed_by(office, "officer")
    recuse(office, number, "officer")

    new = reissue(office, number, office.auth("manager")).json["receipt"]

    assert (opens(office, number, receipt), opens(office, number, new)) == (False, True)
    assert marked(office, number) == (office.subs["manager"], False)


def test_who_withdraws_after_they_replaced_the_receipt_had_it_too(office: Organisation) -> None:
    number, _ = filed_by(office, "manager")
    reissue(office, number, office.auth("officer"))

    office.act(number, "officer", "recuse")

    assert marked(office, number) == (None, True)


def test_the_receipt_of_a_deputy_of_an_excluded_person_is_marked(office: Organisation) -> None:
    number, _ = filed_by(office, "second")
    stand_in(office, "officer", "second")

    office.act(number, "officer", "recuse")

    assert marked(office, number) == (None, True)


def test_a_recusal_that_awaits_approval_marks_the_receipt_when_it_takes_effect() -> None:
    office = council(APPROVED)
    number, _ = filed_by(office, "officer")
    recuse(office, number, "officer")
    assert marked(office, number) == (office.subs["officer"], False)

    [proposed] = office.events(number, "manager", "proposed")
    office.act(number, "reviewer", "approve", proposal=proposed["id"])

    assert marked(office, number) == (None, True)


@pytest.mark.parametrize("filer", ["second", None])
def test_the_receipt_of_others_is_not_marked(office: Organisation, filer: str | None) -> None:
    number = filed_by(office, filer)[0] if filer else office.file()
    recuse(office, number, "officer")

    assert (marked(office, number)[1], exposed(office, number)) == (False, [])


def test_it_is_marked_once(office: Organisation) -> None:
    number, _ = filed_by(office, "officer")
    recuse(office, number, "officer")

    recuse(office, number, "second")
    remove(office, "officer")
    in_process(office).sweep()

    assert exposed(office, number) == [office.subs["officer"]]


def test_who_replaces_an_exposed_receipt_by_itself_does_not_take_off_the_mark(office: Organisation) -> None:
    """The excluded person could do so, too."""
    number, receipt = filed_by(office, "officer")
    recuse(office, number, "officer")

    mine = reissue(office, number, f"Receipt {receipt}").json["receipt"]
    assert marked(office, number) == (None, True)

    reissue(office, number, office.auth("manager"))
    assert (opens(office, number, mine), marked(office, number)[1]) == (False, False)


def test_an_excluded_member_cannot_replace_the_receipt(office: Organisation) -> None:
    number, _ = filed_by(office, "officer")
    recuse(office, number, "officer")

    assert reissue(office, number, office.auth("officer")).status == 403
