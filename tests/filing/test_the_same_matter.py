"""`intake.repeats` over HTTP: which complaint about the same matter this is. Links as a repeat add to it."""

from __future__ import annotations

from typing import Any

import pytest

from chalicelib.features.filing import earlier
from tests.clauses.organisation import Organisation, sign_up_with
from tests.clauses.world import InProcess

POLICY = """
language: 1
name: {{en: A council}}
calendar: {{timezone: Europe/London, hours: {{mon-fri: ["09:00-17:00"]}}}}
people: {{clerk: {{en: Clerk}}, head: {{en: Head}}}}
intake:
  channels: {{web: {{en: Web}}}}
  facts:
    complainant.phone: {{en: Telephone, kind: phone}}
    complainant.email: {{en: E-mail, kind: email}}
    order: {{en: Order}}
    content: {{en: What happened, required: true}}
  subject: order
  phone: complainant.phone
  email: complainant.email
  repeats: {{same: {same}, within: 2 calendar years}}
stages:
  registered:
    reply: {{by: clerk}}
    decide: {{by: clerk, to: decided, when: {{repeat: [first, second]}}}}
    close: {{by: head, to: decided, when: {{repeat: third}}}}
    withdraw: {{by: complainant, to: decided}}
  decided: {{name: {{en: Decided}}, reopen: {{by: clerk, to: registered}}}}
sample: {{channel: web, facts: {{content: The lamp is broken.}}}}
"""
START = "2026-11-27T09:00:00+00:00"


def council(same: str = "subject") -> Organisation:
    return sign_up_with(InProcess(START), POLICY.format(same=same))


@pytest.fixture
def office() -> Organisation:
    return council()


def file(office: Organisation, order: str | None = "A-1", **facts: Any) -> str:
    return office.file(facts={"order": order, **facts})


def seen(office: Organisation, number: str) -> tuple[str, list[str]]:
    found = office.complaint(number, "clerk")
    return found["repeat"], found["earlier"]


def test_the_first_the_second_and_every_later_one_are_told_apart(office: Organisation) -> None:
    numbers = [file(office) for _ in range(4)]
    assert [seen(office, number) for number in numbers] == [
        ("first", []),
        ("second", numbers[:1]),
        ("third", numbers[1::-1]),
        ("third", numbers[2::-1]),
    ]


def test_another_matter_is_first_and_so_is_one_without_a_value(office: Organisation) -> None:
    file(office)
    assert seen(office, file(office, "B-2"))[0] == "first"
    assert seen(office, file(office, None))[0] == "first"


def test_values_are_compared_as_look_ups_do(office: Organisation) -> None:
    file(office, "A-1")
    assert seen(office, file(office, " ａ1 "))[0] == "second"


@pytest.mark.parametrize("facts", [{"complainant.phone": "020 0000-0000"}, {"complainant.email": "ANN@example.org"}])
def test_the_same_complainant_has_the_same_number_or_address(facts: dict[str, str]) -> None:
    office = council("complainant")
    file(office, None, **{"complainant.phone": "02000000000", "complainant.email": "ann@example.org"})
    assert seen(office, file(office, None, **facts))[0] == "second"


def test_of_two_both_must_match() -> None:
    office = council("[subject, complainant]")
    first = file(office, "A-1", **{"complainant.email": "ann@example.org"})
    assert seen(office, file(office, "A-1", **{"complainant.email": "ben@example.org"}))[0] == "first"
    assert seen(office, file(office, "B-2", **{"complainant.email": "ann@example.org"}))[0] == "first"
    again = file(office, "A-1", **{"complainant.email": "ann@example.org"})
    assert seen(office, again) == ("second", [first])


def test_others_about_the_subject_hide_no_earlier_one_of_the_complainant(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(earlier, "MOST_READ", 2)
    office = council("[subject, complainant]")
    first = file(office, "A-1", **{"complainant.email": "ann@example.org"})
    for name in ("ben", "eve", "kim"):
        file(office, "A-1", **{"complainant.email": f"{name}@example.org"})
    assert seen(office, file(office, "A-1", **{"complainant.email": "ann@example.org"})) == ("second", [first])


def test_its_time_is_over_at_the_instant_of_its_end(office: Organisation) -> None:
    file(office)
    office.world.move_to("2028-11-28T00:00:00+00:00")
    assert seen(office, file(office))[0] == "first"


def test_one_whose_time_is_over_no_longer_counts(office: Organisation) -> None:
    file(office)
    office.world.move_to("2028-11-27T23:59:00+00:00")
    assert seen(office, file(office))[0] == "second"
    office.world.move_to("2028-11-28T00:01:00+00:00")
    assert seen(office, file(office))[0] == "second"


def test_a_withdrawn_one_and_a_duplicate_do_not_count(office: Organisation) -> None:
    first, second = file(office), file(office)
    office.act(second, "clerk", "link", to=first)
    third = file(office)
    office.act(third, "complainant", "withdraw")
    assert seen(office, file(office)) == ("second", [first])


def test_it_is_fixed_at_the_filing(office: Organisation) -> None:
    first, second = file(office), file(office)
    office.act(first, "complainant", "withdraw")
    assert seen(office, second) == ("second", [first])


def test_a_condition_asks_for_it(office: Organisation) -> None:
    numbers = [file(office) for _ in range(3)]
    assert [office.complaint(number, "head")["acts"] for number in numbers] == [[], [], ["close"]]
    assert office.complaint(numbers[1], "clerk")["acts"] == ["decide", "reply"]


def test_parties_see_no_number_of_another_complaint(office: Organisation) -> None:
    first, second = file(office), file(office)
    [of_clerk] = office.events(second, "clerk", "registered")
    [of_party] = office.events(second, "complainant", "registered")
    assert of_clerk["fields"]["earlier"] == [first]
    assert "earlier" not in of_party["fields"]
    assert office.get(f"/complaints/{second}/record", "complainant", second)["withheld"] == [of_party["id"]]
    assert "earlier" not in office.complaint(second)


def test_a_link_as_a_repeat_counts_one_and_makes_no_duplicate(office: Organisation) -> None:
    first, other = file(office), file(office, "B-2")
    found = office.act(other, "clerk", "link", to=first, **{"as": "repeat"})
    assert (found["repeat"], found["earlier"], found["follows"]) == ("second", [first], None)
    office.act(first, "clerk", "decide")
    office.world.move_to("2026-11-28T09:00:00+00:00")
    assert office.complaint(other)["stage"] == "registered"


@pytest.mark.parametrize("answer", ["reply", "decide"])
def test_after_the_first_answer_a_link_counts_no_more(office: Organisation, answer: str) -> None:
    first, other = file(office), file(office, "B-2")
    office.act(other, "clerk", answer)
    if answer == "decide":
        office.act(other, "clerk", "reopen")
    assert office.act(other, "clerk", "link", to=first, **{"as": "repeat"})["repeat"] == "first"


def test_a_link_as_a_repeat_is_counted_and_stays(office: Organisation) -> None:
    first, other = file(office), file(office, "B-2")
    office.act(other, "clerk", "link", to=first, **{"as": "repeat"})
    answer = office.try_act(other, "clerk", "unlink", reason="另一条街。")
    assert (answer.status, answer.problem) == (409, "act-not-open")
    assert "is counted, and is not undone" in answer.json["detail"]
    assert office.complaint(other, "clerk")["earlier"][-1] == first


def test_a_link_to_what_counts_already_is_refused(office: Organisation) -> None:
    first, second = file(office), file(office)
    answer = office.try_act(second, "clerk", "link", to=first, **{"as": "repeat"})
    assert (answer.status, answer.pointer) == (422, "/fields/to")


@pytest.mark.parametrize("given", ["again", 1, ["repeat"]])
def test_a_link_as_something_else_is_refused(office: Organisation, given: Any) -> None:
    first, other = file(office), file(office, "B-2")
    answer = office.try_act(other, "clerk", "link", to=first, **{"as": given})
    assert (answer.status, answer.pointer) == (422, "/fields/as")


def test_a_link_as_a_duplicate_is_one_as_before(office: Organisation) -> None:
    first, other = file(office), file(office, "B-2")
    assert office.act(other, "clerk", "link", to=first, **{"as": "duplicate"})["follows"] == first
    [event] = office.events(other, type_="linked")
    assert event["fields"] == {"to": first}
