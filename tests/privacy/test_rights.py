"""What a complainant can do, as the page says."""

from __future__ import annotations

import pytest

from chalicelib.policy import presets
from tests.clauses.giving import given
from tests.clauses.offices.marketplace import accepted, unit
from tests.clauses.organisation import Organisation, hire, sign_up, sign_up_with
from tests.clauses.world import InProcess
from tests.forms.copies.copy import unpacked
from tests.handling.pages.shops import page_of as at_case
from tests.helpers.nonempty import nonempty
from tests.privacy.saying import changed, listed, page, proves, says
from tests.privacy.test_purpose import FACTS

ANONYMOUS = """
language: 1
name: {en: An office that asks for no name}
calendar: {timezone: Europe/London, hours: {mon-fri: ["09:00-17:00"]}}
people: {clerk: {en: Clerk}}
tiers: [{roles: clerk}]
intake:
  unit: none
  channels: {web: {en: Web}}
  facts:
    content: {en: What happened, required: true}
stages:
  registered:
    close: {by: clerk, to: closed}
  closed: {}
clocks:
  answer: {name: {en: Answer}, from: registered, until: closed, within: 20 working days}
sample: {channel: web, facts: {content: The lamp is broken.}}
"""


@proves("copy")
def test_a_complainant_downloads_a_copy_with_texts_and_files(office: Organisation) -> None:
    number = accepted(office, facts=FACTS)
    given(office, number, "screenshot")
    browser = at_case(office, number)
    browser.follow("Get a copy of what is stored about the case")
    browser.ask(browser.path, [("go", "copy")])

    assert says(office, "copy")
    copied = unpacked(office, number)
    assert all(text in copied["index.html"].decode() for text in nonempty([*FACTS.values()]))
    assert [name for name in copied if name.startswith("files/")]


@proves("write")
def test_a_complainant_writes_to_the_handlers_until_the_end(office: Organisation) -> None:
    number = office.file(facts=FACTS)

    assert says(office, "write")
    office.act(number, "complainant", "write", message="地址写错了。")
    assert office.complaint(number)["facts"].items() >= FACTS.items(), "what was sent stays"
    office.act(number, "complainant", "withdraw")
    assert office.try_act(number, "complainant", "write", message="再补充一点。").status == 409


@pytest.mark.parametrize("preset", presets.names())
@proves("correct")
def test_contact_details_are_corrected_where_the_page_says_so(world: InProcess, preset: str) -> None:
    office = sign_up(world, preset)
    number = office.file()

    can = "correct" in office.complaint(number)["further_acts"]
    assert (says(office, "correct") is not None) == can


def test_where_no_contact_is_asked_for_the_page_does_not_say_so(world: InProcess) -> None:
    office = sign_up_with(world, ANONYMOUS)
    number = office.file()

    assert says(office, "write")
    assert says(office, "correct") is None
    assert office.complaint(number)["further_acts"] == ["write"]


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
