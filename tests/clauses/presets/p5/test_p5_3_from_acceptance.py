"""P5.3 (+) `telecom-regulator`: the provider sees a complaint only from its acceptance on."""

from __future__ import annotations

from tests.clauses.offices.regulator import accepted, evidenced, unit
from tests.clauses.organisation import Organisation


def seen(regulator: Organisation, number: str) -> tuple[int, list[str]]:
    """The status of the complaint's own address, and the numbers of the queue."""
    answer = regulator.world.call("GET", f"{regulator.path}/complaints/{number}", auth=regulator.auth("provider"))
    return answer.status, [row["number"] for row in regulator.get("/complaints", "provider")["complaints"]]


def test_p5_3_the_provider_does_not_see_a_complaint_that_was_not_accepted(regulator: Organisation) -> None:
    number = evidenced(regulator, unit=unit(regulator))

    assert seen(regulator, number) == (404, [])


def test_p5_3_a_refused_complaint_stays_unknown_to_the_provider(regulator: Organisation) -> None:
    number = evidenced(regulator, unit=unit(regulator))
    regulator.act(number, "complaint_centre", "refuse", ground="out_of_scope")

    assert seen(regulator, number) == (404, [])


def test_p5_3_the_provider_sees_the_complaint_from_its_acceptance_on(regulator: Organisation) -> None:
    number = accepted(regulator, unit=unit(regulator))

    assert seen(regulator, number) == (200, [number])
