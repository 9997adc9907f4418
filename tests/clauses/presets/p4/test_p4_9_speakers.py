"""P4.9 `government-service-centre`: only members who may see a complainant act on their behalf."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.clauses.offices.hall import DECISION, accepted, decided
from tests.clauses.organisation import Organisation, hire
from tests.clauses.world import skip_to
from tests.helpers.fakes.client import Answer

RATED = "您的投诉 {}：我们已代您登记评价：满意。如与您的意见不符，请您凭回执自行评价，以您本人的评价为准。"
RECORDED = "您的投诉 {}：我们已代您登记“{}”。如非您的本意，请您尽快与我们联系。"
RATING = {"rating": "satisfied"}


def for_the_complainant(hall: Organisation, number: str, who: str) -> Answer:
    path = f"{hall.path}/complaints/{number}/acts/rate"
    body = {"fields": RATING, "on_behalf_of": "complainant"}
    return hall.world.call("POST", path, body, auth=hall.auth(who))


@pytest.mark.parametrize("who", ["supervisor", "colleague", "owner"])
def test_p4_9_only_those_who_see_the_complainant_speak_for_them(hall: Organisation, who: str) -> None:
    hire(hall, "investigator", name="colleague")
    number = decided(hall)

    answer = for_the_complainant(hall, number, who)

    assert (answer.status, answer.problem) == (403, "forbidden")
    assert hall.complaint(number, who)["complainant_acts"] == []
    assert hall.events(number, type_="rated") == []


def reopened_for_the_complainant(hall: Organisation, number: str, who: str) -> Answer:
    path = f"{hall.path}/complaints/{number}/acts/reopen"
    return hall.world.call("POST", path, {"fields": {}, "on_behalf_of": "complainant"}, auth=hall.auth(who))


def closed(hall: Organisation) -> str:
    """The complainant stayed silent."""
    number = decided(hall)
    skip_to(hall.world, hall.deadline(number, "silence")["due"])
    return number


def archived(hall: Organisation) -> str:
    number = closed(hall)
    hall.act(number, "reception", "archive")
    return number


def test_p4_9_the_person_who_decided_does_not_rate_for_the_complainant(hall: Organisation) -> None:
    number = decided(hall)

    assert for_the_complainant(hall, number, "investigator").problem == "forbidden"

    assert hall.complaint(number, "investigator")["complainant_acts"] == []


def test_p4_7_of_two_investigators_the_one_who_decided_does_not_rate_for_the_complainant(hall: Organisation) -> None:
    hire(hall, "investigator", name="colleague")
    number = accepted(hall)
    hall.act(number, "director", "assign", investigators=[hall.subs["investigator"], hall.subs["colleague"]])
    hall.act(number, "investigator", "inspect", findings="当日窗口少开一个。")
    hall.act(number, "colleague", "decide", **DECISION)

    assert for_the_complainant(hall, number, "colleague").problem == "forbidden"

    assert for_the_complainant(hall, number, "investigator").status == 200


@pytest.mark.parametrize("story", [closed, archived])
def test_p4_9_the_person_who_decided_does_not_reopen_for_the_complainant(
    hall: Organisation, story: Callable[[Organisation], str]
) -> None:
    number = story(hall)
    assert reopened_for_the_complainant(hall, number, "investigator").problem == "forbidden"

    assert reopened_for_the_complainant(hall, number, "reception").status == 200

    assert hall.told("complainant", number)[0] == RECORDED.format(number, "重新处理")


@pytest.mark.parametrize("who", ["reception", "director"])
def test_p4_9_those_who_handle_the_case_record_what_the_complainant_said(hall: Organisation, who: str) -> None:
    number = decided(hall)
    assert hall.complaint(number, who)["complainant_acts"] == ["rate"]

    assert for_the_complainant(hall, number, who).status == 200

    [event] = hall.events(number, type_="rated")
    assert (event["actor"]["role"], event["actor"]["on_behalf_of"]) == (who, "complainant")
    assert hall.told("complainant", number)[0] == RATED.format(number)
