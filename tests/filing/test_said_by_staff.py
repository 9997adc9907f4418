"""Facts that are `given_by: staff`, and categories that are `chosen_by_staff`."""

from __future__ import annotations

import json
from typing import Any

import pytest

from chalicelib.features.filing.questions import questions
from chalicelib.policy.compiled import compile_policy
from chalicelib.policy.publishing import prepare
from chalicelib.policy.reading.faults import PolicyFault
from chalicelib.web.pages.answers import Answers
from chalicelib.web.pages.reader import Reader
from tests.clauses.organisation import Organisation, sign_up_with
from tests.clauses.world import InProcess, advance
from tests.handling.exclusion.council import publish
from tests.kernel.policy.test_guide import SMALLEST, added, read
from tests.kernel.web.pages.browser import Browser
from tests.kernel.web.pages.filing import filed

POLICY: dict[str, Any] = {
    "intake": {
        "categories": {"cause": {"carrier": {"en": "The carrier"}, "us": {"en": "The shop"}}},
        "chosen_by_staff": "cause",
        "facts": {
            "insured": {"en": "Insured", "kind": "flag", "given_by": "staff", "required": True},
            "bought_on": {"en": "Bought on", "kind": "date", "tense": "past", "given_by": "staff"},
            "shelf": {"en": "Shelf", "given_by": "staff", "required": {"when": {"cause": "us"}}},
        },
    },
    "stages": {
        "registered": {
            "inspect": {"by": "agent"},
            "decide": {
                "by": ["agent", "manager"],
                "to": [
                    {"when": {"cause": "us"}, "stage": "ours"},
                    {"when": {"cause": ["carrier", "none"]}, "stage": "decided"},
                ],
                "needs": "solution",
                "tells": [{"to": "manager", "when": {"insured": "yes"}}],
            },
            "agree": {"by": "complainant", "to": "decided"},
        },
        "ours": {"name": {"en": "Ours"}, "close": {"by": "agent", "to": "closed", "tells": "complainant"}},
        "decided": {"execute": {"by": "agent", "to": "closed"}},
    },
    "sample": {"channel": "shop", "facts": {"complainant.name": "A Customer", "content": "It broke."}},
}


def office(**changes: Any) -> Organisation:
    policy = added(added(read(SMALLEST), POLICY), changes)
    return sign_up_with(InProcess("2026-11-27T09:00:00+00:00"), json.dumps(policy))


@pytest.fixture
def shop() -> Organisation:
    return office()


def places(answer: Any) -> list[str]:
    return sorted(one["pointer"] for one in answer.json["errors"])


def test_complainants_can_neither_give_nor_choose_it(shop: Organisation) -> None:
    answer = shop.try_file(facts={"insured": True}, category={"cause": "us"})

    assert (answer.status, places(answer)) == (422, ["/category/cause", "/facts/insured"])


def test_staff_who_file_must_say_what_is_required(shop: Organisation) -> None:
    answer = shop.try_file(shop.auth("agent"))

    assert (answer.status, places(answer)) == (422, ["/category/cause", "/facts/insured"])


def test_what_staff_say_in_their_filing_is_not_asked_again(shop: Organisation) -> None:
    filed = shop.try_file(shop.auth("agent"), facts={"insured": True}, category={"cause": "carrier"})
    number = filed.json["number"]

    assert shop.act(number, "agent", "decide", solution="Repaired.")["stage"] == "decided"


def test_the_first_act_of_staff_that_leads_on_is_refused_without_it(shop: Organisation) -> None:
    number = shop.file()
    shop.act(number, "agent", "inspect")
    answer = shop.try_act(number, "agent", "decide", solution="Repaired.")

    assert (answer.status, places(answer)) == (422, ["/fields/cause", "/fields/insured"])
    assert shop.complaint(number)["stage"] == "registered"


def test_the_act_asks_for_it(shop: Organisation) -> None:
    number = shop.file()
    asked = shop.complaint(number, "agent")["forms"]["decide"]

    assert [(one["name"], one["required"]) for one in asked] == [
        ("solution", True),
        ("insured", True),
        ("cause", True),
        ("bought_on", False),
        ("shelf", False),
    ]


@pytest.mark.parametrize("key", ["needs", "takes"])
def test_an_act_that_lists_it_asks_for_it_once(key: str) -> None:
    classify = {"by": "agent", "to": "decided", "needs": ["severity"], "takes": []}
    classify = {**classify, key: [*classify[key], "cause"]}
    classes = {"classes": {"low": {"en": "Low"}, "high": {"en": "High"}}}
    shop = office(stages={"registered": {"classify": classify}}, severity=classes)
    asked = shop.complaint(shop.file(), "agent")["forms"]["classify"]

    assert [(one["name"], one["required"]) for one in asked if one["name"] == "cause"] == [("cause", True)]


def test_conditions_of_the_act_see_what_it_says(shop: Organisation) -> None:
    number = shop.file()
    done = shop.act(
        number, "agent", "decide", solution="Repaired.", insured=True, cause="us", shelf="B 7", bought_on="2026-01-02"
    )
    seen = shop.complaint(number, "agent")

    assert (done["stage"], seen["category"], seen["facts"]["insured"]) == ("ours", {"cause": "us"}, True)
    assert seen["facts"]["bought_on"] == "2026-01-02"
    assert shop.told("manager", number)


def test_a_condition_of_a_fact_asks_what_the_act_says(shop: Organisation) -> None:
    number = shop.file()
    answer = shop.try_act(number, "agent", "decide", solution="Repaired.", insured=True, cause="us")

    assert (answer.status, places(answer)) == (422, ["/fields/shelf"])


def test_the_next_act_asks_no_more(shop: Organisation) -> None:
    number = shop.file()
    shop.act(number, "agent", "decide", solution="Repaired.", insured=False, cause="carrier")

    assert shop.complaint(number, "agent")["forms"]["execute"] == []


def test_acts_of_the_complainant_are_not_refused_for_it(shop: Organisation) -> None:
    assert shop.act(shop.file(), "complainant", "agree")["stage"] == "decided"


def test_acts_by_time_are_not_refused_for_it() -> None:
    clock = {"from": "registered", "until": "decided", "within": "1 hour", "duty": "office"}
    fields = {"solution": {"en": "Settled by time."}}
    shop = office(clocks={"deemed": {**clock, "missed": {"act": "decide", "fields": fields}}})
    number = shop.file()
    advance(shop.world, "2 hours")

    seen = shop.complaint(number)
    assert (seen["stage"], seen["category"]) == ("decided", {})


def test_a_proposal_keeps_it_for_the_approval() -> None:
    decide = POLICY["stages"]["registered"]["decide"]
    shop = office(stages={"registered": {"decide": {**decide, "by": "agent", "approval": "manager"}}})
    number = shop.file()
    shop.act(number, "agent", "decide", solution="Repaired.", insured=True, cause="us", shelf="B 7")
    shop.act(number, "manager", "approve")

    seen = shop.complaint(number, "agent")
    assert (seen["stage"], seen["category"], seen["facts"]["insured"]) == ("ours", {"cause": "us"}, True)


def test_what_the_newer_version_asks_of_complainants_is_not_asked_of_staff(shop: Organisation) -> None:
    """The cause is chosen with the switch, and `insured` is no fact of the newer version."""
    number = shop.file()
    intake = {**POLICY["intake"], "chosen_by_staff": [], "required": "cause"}
    intake["facts"] = {name: fact for name, fact in intake["facts"].items() if name != "insured"}
    decide = {**POLICY["stages"]["registered"]["decide"], "tells": "manager"}
    stages = {**POLICY["stages"], "registered": {**POLICY["stages"]["registered"], "decide": decide}}
    sample = {**POLICY["sample"], "category": {"cause": "us"}}
    newer = added(read(SMALLEST), {**POLICY, "intake": intake, "stages": stages, "sample": sample})
    publish(shop, newer)
    shop.act(number, "owner", "switch", category={"cause": "us"})
    asked = shop.complaint(number, "agent")["forms"]["decide"]

    assert [one["name"] for one in asked] == ["solution", "bought_on", "shelf"]
    assert shop.act(number, "agent", "decide", solution="Repaired.", shelf="B 7")["stage"] == "ours"


def test_figures_count_it_from_the_beginning(shop: Organisation) -> None:
    number = shop.file()
    shop.act(number, "agent", "decide", solution="Repaired.", insured=False, cause="carrier")
    rows = shop.get("/reports/all?by=category.cause&measure=received&from=2026-11-27&to=2026-11-28", "owner")["rows"]

    assert [row["keys"] for row in rows] == [{"category.cause": "carrier"}]


@pytest.mark.parametrize("said", [{}, {"facts": {"insured": True}, "category": {"cause": "us"}}])
def test_previews_may_give_both_kinds(shop: Organisation, said: dict[str, Any]) -> None:
    complaint = {"channel": "shop", **said}
    events = [
        {"event": "registered", "at": "2026-11-27T10:00:00Z"},
        {"event": "decided", "at": "2026-11-27T11:00:00Z", "fields": {} if said else {"cause": "us", "insured": True}},
    ]
    policy = added(read(SMALLEST), POLICY)
    body = {"policy": policy, "complaint": complaint, "events": events}
    answer = shop.world.call("POST", "/v1/preview/policy", body)

    assert answer.status == 200, answer.text
    assert answer.json["stage"] == "ours"


@pytest.mark.parametrize("facts", [{}, {"insured": True}])
def test_the_sample_may_give_what_staff_say(facts: dict[str, Any]) -> None:
    said = {"facts": facts, **({"category": {"cause": "us"}} if facts else {})}
    facts_of_shelf = {"shelf": "B 7"} if facts else {}

    shop = office(sample={**said, "facts": {**facts, **facts_of_shelf}})

    assert shop.get("/policy", "owner")["policy"]["sample"]["channel"] == "shop"


def test_pages_ask_for_nothing_that_only_staff_say() -> None:
    page = asked_on_pages(office())

    assert not {"category.cause", "fact.insured", "fact.bought_on"} & page
    assert "fact.content" in page


def test_pages_file_on_the_channel_of_web_without_asking() -> None:
    shop = office(intake={"web": "email", "facts": {"complainant.email": {"en": "E-mail", "required": False}}})
    browser = Browser(shop.world, "en")
    number, receipt = filed(browser, shop)
    view = shop.world.call("GET", f"{shop.path}/complaints/{number}", auth=f"Receipt {receipt}").json

    assert ("channel" in asked_on_pages(office()), "channel" in asked_on_pages(shop)) == (True, False)
    assert view["channel"] == "email"


def asked_on_pages(shop: Organisation) -> set[str]:
    """The inputs of all pages of a filing."""
    policy = compile_policy(prepare(shop.get("/policy", "owner")["policy"]).document, "1")
    answers, reader = Answers({"channel": ["shop"]}), Reader("en", chosen=True)
    return {one.name for page in questions(policy, answers, {}, reader) for one in page.inputs}


def test_staff_must_be_able_to_choose_before_a_stage_ends() -> None:
    """Neither a complainant nor time chooses."""
    by_others = {
        "registered": {"decide": {"by": "complainant"}},
        "decided": {"close": {"by": "time"}},
    }
    quiet = {"from": "decided", "until": ["disputed", "closed"], "within": "1 week", "missed": {"act": "close"}}
    intake = {"categories": {"cause": {"us": {"en": "The shop"}}}, "chosen_by_staff": "cause"}
    with pytest.raises(PolicyFault) as caught:
        prepare(added(read(SMALLEST), {"intake": intake, "stages": by_others, "clocks": {"quiet": quiet}}))

    assert [(one.pointer, one.kind) for one in caught.value.faults] == [
        ("/intake/chosen_by_staff", "never-chosen-by-staff")
    ]
