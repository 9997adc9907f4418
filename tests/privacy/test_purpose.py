"""What the data are used for, and what is asked."""

from __future__ import annotations

import re

from tests.clauses.organisation import Organisation, sign_up
from tests.clauses.world import InProcess
from tests.filing.test_who_reads import pages
from tests.helpers.nonempty import nonempty
from tests.kernel.web.pages.browser import Browser
from tests.kernel.web.untouched import in_process
from tests.privacy.saying import changed, listed, page, proves, says

NAME, PHONE, TEXT = "赵一一", "00000000001", "收到的货与描述不符，商家不肯退款。"
FACTS = {"complainant.name": NAME, "complainant.contact": PHONE, "reason": TEXT}
ANONYMOUS = {"complainant.name": None, "complainant.contact": None, "complainant.email": None}


@proves("purpose")
def test_the_procedure_that_the_page_names_is_that_under_which_a_complaint_is_handled(office: Organisation) -> None:
    number = office.file()

    assert says(office, "purpose") == office.get("/policy", "owner")["policy"]["name"]["en"]
    assert office.complaint(number)["policy"] == office.get("/policy", "owner")["version"]


@proves("counted")
def test_no_item_of_the_statistics_has_a_text_of_a_complaint(office: Organisation) -> None:
    office.file(facts=FACTS)
    office.world.move_to("2026-11-28T09:00:00+08:00")
    in_process(office).sweep()

    counts = [one for one in in_process(office).fakes.store.everything() if one.kind.startswith("statistics-")]

    assert says(office, "counted")
    assert not any(text in repr(one) for one in nonempty(counts) for text in FACTS.values())


@proves("no_other_sites")
def test_no_page_loads_anything_from_another_site(office: Organisation) -> None:
    shown = page(office)
    loaded = re.findall(r'(?:src|href|action)="([^"]+)"', shown.answer.text)
    outside = [one for one in loaded if not one.startswith(("/", "?", "#", "data:,"))]
    rules = shown.answer.headers["Content-Security-Policy"]

    assert says(office, "no_other_sites")
    assert {*outside} == {"https://www.12315.cn/"}, "links of the policy, which load nothing"
    assert ("default-src 'none'" in rules, "script-src 'self';" in rules, "http" in rules) == (True, True, False)


@proves("asks")
def test_the_filing_asks_for_what_the_page_lists(office: Organisation) -> None:
    asked = [text for text in pages(Browser(in_process(office)), office) if "您的信息" in text]

    [about_you] = asked
    assert listed(office, "asks") == [one for one in listed(office, "asks") if one in about_you]
    assert len(listed(office, "asks")) == 3


@proves("anonymous")
def test_a_complaint_about_oneself_alone_can_be_left_empty(office: Organisation, world: InProcess) -> None:
    assert says(office, "anonymous")
    assert office.try_file(facts=ANONYMOUS).status == 201
    asking = [name for name in ("customer-service",) if says(sign_up(world, name), "anonymous")]
    assert asking == [], "customer-service requires a contact"


@proves("asks_nothing")
def test_an_organisation_that_asks_nothing_about_people_says_so(world: InProcess) -> None:
    policy = world.call("GET", "/v1/presets/platform").json["policy"]
    intake = {key: part for key, part in policy["intake"].items() if key not in ("phone", "email")}
    facts = {key: fact for key, fact in intake["facts"].items() if not key.startswith("complainant.")}
    sample = policy["sample"]
    sample = {**sample, "facts": {key: one for key, one in sample["facts"].items() if key in facts}}
    office = changed(world, intake={**intake, "facts": facts}, sample=sample)

    assert says(office, "asks_nothing")
    assert not any("您的信息" in text for text in nonempty(pages(Browser(world), office)))
