"""What a complainant can do, as the page says."""

from __future__ import annotations

from typing import Any

import pytest

from tests.clauses.giving import given
from tests.clauses.offices.marketplace import accepted, unit
from tests.clauses.organisation import Organisation, hire, sign_up
from tests.clauses.world import InProcess
from tests.helpers.nonempty import nonempty
from tests.privacy.saying import changed, listed, page, proves, says
from tests.privacy.test_purpose import FACTS


@proves("copy")
def test_staff_can_print_all_that_is_stored_about_a_complaint(office: Organisation) -> None:
    number = accepted(office, facts=FACTS)
    printed = office.world.call("GET", f"{office.path}/complaints/{number}/case-file", auth=office.auth("director"))

    assert says(office, "copy")
    assert all(text in printed.text for text in nonempty([*FACTS.values()]))


@proves("correct")
def test_a_complainant_can_add_while_the_complaint_is_handled(world: InProcess) -> None:
    office = sign_up(world, "telecom-regulator")
    number = office.file()

    assert says(office, "correct")
    office.act(number, "complainant", "supplement", statement=FACTS["reason"])
    [event] = office.events(number, type_="supplemented")
    assert event["actor"]["kind"] == "complainant"


@proves("correct_by_office")
def test_without_such_an_act_what_was_sent_stays_on_record(world: InProcess) -> None:
    policy = world.call("GET", "/v1/presets/telecom-regulator").json["policy"]
    office = changed(world, "telecom-regulator", stages=without(policy["stages"], "supplement"))
    number = office.file()

    assert says(office, "correct_by_office")
    assert not says(office, "correct")
    assert office.complaint(number)["acts"] == ["withdraw"]


def without(stages: dict[str, Any], act: str) -> dict[str, Any]:
    return {name: {key: part for key, part in one.items() if key != act} for name, one in stages.items()}


@proves("withdraw")
def test_a_complaint_can_be_withdrawn_where_the_page_says_so(world: InProcess) -> None:
    policy = world.call("GET", "/v1/presets/telecom-regulator").json["policy"]
    stages = policy["stages"]
    first = {**stages["registered"], "withdraw": {"by": "complainant", "to": "archived"}}
    office = changed(world, "telecom-regulator", stages={**stages, "registered": first})
    number = office.file()

    assert says(office, "withdraw")
    office.act(number, "complainant", "withdraw")
    assert office.complaint(number)["facts"], "what was sent is kept"


@proves("erasure")
def test_no_route_erases_a_complaint(office: Organisation) -> None:
    paths = office.world.call("GET", "/v1/openapi.json").json["paths"]
    number = office.file()

    assert says(office, "erasure")
    assert not any("delete" in one for path, one in paths.items() if path.endswith("/complaints/{number}"))
    for who in ("owner", "complainant"):
        answer = office.world.call("DELETE", f"{office.path}/complaints/{number}", auth=office.auth(who, number))
        assert answer.status == 405


@proves("other_party_files")
def test_the_other_party_gets_files_of_the_kinds_that_the_page_names(world: InProcess) -> None:
    policy = world.call("GET", "/v1/presets/platform").json["policy"]
    kinds = policy["intake"]["evidence"]
    shown = {**kinds, "screenshot": {**kinds["screenshot"], "shown_to": ["respondent"], "types": ["application/pdf"]}}
    office = changed(world, intake={**policy["intake"], "evidence": shown})
    unit(office, "seller")
    hire(office, "respondent", name="seller", unit="seller")
    number = accepted(office)
    file = given(office, number, "screenshot")["id"]

    assert listed(office, "other_party_files") == ["截图"]
    path = f"{office.path}/complaints/{number}/evidence/{file}"
    assert office.world.call("GET", path, auth=office.auth("seller")).status == 200


@proves("other_party_sees")
def test_the_other_party_sees_of_ones_details_what_the_page_names(world: InProcess) -> None:
    policy = world.call("GET", "/v1/presets/platform").json["policy"]
    sex = {"zh": "性别", "en": "Sex", "kind": "choice", "choices": {"f": {"zh": "女", "en": "Female"}}}
    facts = {**policy["intake"]["facts"], "complainant.sex": sex}
    office = changed(world, intake={**policy["intake"], "facts": facts})
    unit(office, "seller")
    hire(office, "respondent", name="seller", unit="seller")
    number = accepted(office, facts={**FACTS, "complainant.sex": "f"})

    seen = {name for name in office.complaint(number, "seller")["facts"] if name.startswith("complainant.")}
    assert listed(office, "other_party_sees") == ["性别"]
    assert seen == {"complainant.sex"}


@proves("no_other_party")
def test_where_complaints_have_no_unit_no_respondent_reads_them(world: InProcess) -> None:
    office = sign_up(world, "auto-repair-forms")

    assert says(office, "no_other_party")
    body = {"email": "x@seller.example", "name": "商家", "grants": [{"role": "respondent"}]}
    answer = world.call("POST", f"{office.path}/people", body, auth=office.auth("owner"))
    assert answer.status == 422, answer.text


@proves("outside")
def test_the_body_outside_is_that_of_the_policy(office: Organisation) -> None:
    assert says(office, "outside")
    assert '<a href="https://www.12315.cn/" rel="noreferrer">' in page(office).answer.text


@pytest.mark.parametrize("language", ["zh", "en"])
@proves("contact")
def test_the_contact_of_the_policy_is_at_the_foot_of_the_page(office: Organisation, language: str) -> None:
    contact = office.get("/policy", "owner")["policy"]["contact"]
    text = page(office, language).page.text

    assert says(office, "contact", language)
    shown = (contact["phone"], contact["email"], contact["address"][language], contact["hours"][language])
    assert all(one in text for one in nonempty(shown))


@proves("no_contact")
def test_an_organisation_without_contact_says_so(world: InProcess) -> None:
    office = changed(world, contact=None)

    assert says(office, "no_contact")
    assert not says(office, "contact")
