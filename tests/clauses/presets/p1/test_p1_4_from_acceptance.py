"""P1.4 (+) `platform`: the respondent sees a complaint only from its acceptance on."""

from __future__ import annotations

from typing import Any

import pytest

from tests.clauses.offices.marketplace import accepted
from tests.clauses.organisation import Organisation

MARKER = "标记丙投诉的事项"


def filed(marketplace: Organisation) -> str:
    return marketplace.file(unit="seller", facts={"reason": MARKER})


def readable(marketplace: Organisation, number: str) -> dict[str, str]:
    """What the respondent gets from each list, the search, the messages and the complaint itself, by path."""
    marketplace.world.settle()
    paths, found = marketplace.world.call("GET", "/v1/openapi.json").json["paths"], {}
    for template, methods in paths.items():
        if "get" in methods and template.startswith("/v1/t/"):
            path = template.replace("{tenant}", marketplace.id).replace("{number}", number).replace("{unit}", "seller")
            found[template] = answered(marketplace, "GET", path)
    words = {"words": MARKER[:4]}
    found["search"] = answered(marketplace, "POST", f"{marketplace.path}/complaints/search", words)
    return found


def answered(marketplace: Organisation, method: str, path: str, body: Any = None) -> str:
    answer = marketplace.world.call(method, path, body, auth=marketplace.auth("seller"))
    return answer.text if answer.status == 200 else ""


def test_p1_4_before_the_acceptance_nothing_that_the_respondent_can_read_has_the_complaint(
    marketplace: Organisation,
) -> None:
    number = filed(marketplace)

    answers = readable(marketplace, number)

    assert [path for path, text in answers.items() if MARKER in text or number in text] == []


def test_p1_4_from_the_acceptance_on_lists_and_search_show_the_respondent_the_complaint(
    marketplace: Organisation,
) -> None:
    number = filed(marketplace)
    marketplace.act(number, "screener", "accept", responsible=marketplace.subs["handler"])

    answers = readable(marketplace, number)

    shown = {path.removeprefix("/v1/t/{tenant}") for path, text in answers.items() if number in text}
    assert {"/complaints", "/complaints/{number}", "/complaints/{number}/record", "search"} <= shown


@pytest.mark.parametrize("path", ["", "/record"])
def test_p1_4_a_complaint_that_was_not_accepted_is_unknown_to_the_respondent(
    marketplace: Organisation, path: str
) -> None:
    number = filed(marketplace)
    where = f"{marketplace.path}/complaints/{number}{path}"
    other = f"{marketplace.path}/complaints/{number[:-1]}9{path}"

    answer, unknown = (marketplace.world.call("GET", one, auth=marketplace.auth("seller")) for one in (where, other))

    assert answer.status == unknown.status == 404
    assert answer.json["detail"] == unknown.json["detail"]


def test_p1_4_a_refused_complaint_stays_unknown_to_the_respondent(marketplace: Organisation) -> None:
    number = filed(marketplace)
    marketplace.act(number, "screener", "refuse", ground="not_valid", reason="与商家无关。")

    answer = marketplace.world.call("GET", f"{marketplace.path}/complaints/{number}", auth=marketplace.auth("seller"))

    assert answer.status == 404


def test_p1_4_the_acceptance_shows_the_respondent_the_complaint(marketplace: Organisation) -> None:
    number = accepted(marketplace)

    assert marketplace.complaint(number, "seller")["stage"] == "investigating"


def test_p1_4_a_member_who_is_the_respondent_does_not_see_it_before_the_acceptance_either(
    marketplace: Organisation,
) -> None:
    """Their other roles give them no more."""
    grants = [{"role": "screener"}, {"role": "respondent", "unit": "seller"}]
    who = marketplace.subs["screener"]
    path = f"{marketplace.path}/people/{who}"
    assert marketplace.world.call("PUT", path, {"grants": grants}, auth=marketplace.auth("owner")).status == 200
    number = filed(marketplace)

    answer = marketplace.world.call("GET", f"{marketplace.path}/complaints/{number}", auth=marketplace.auth("screener"))

    assert answer.status == 404
