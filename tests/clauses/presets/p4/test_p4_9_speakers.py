"""P4.9 `government-service-centre`: only members who may see a complainant act on their behalf."""

from __future__ import annotations

import pytest

from tests.clauses.offices.hall import decided
from tests.clauses.organisation import Organisation, hire
from tests.fakes.client import Answer

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


@pytest.mark.parametrize("who", ["reception", "director", "investigator"])
def test_p4_9_those_who_handle_the_case_record_what_the_complainant_said(hall: Organisation, who: str) -> None:
    number = decided(hall)
    assert hall.complaint(number, who)["complainant_acts"] == ["rate"]

    assert for_the_complainant(hall, number, who).status == 200

    [event] = hall.events(number, type_="rated")
    assert (event["actor"]["role"], event["actor"]["on_behalf_of"]) == (who, "complainant")
