"""Results: each is announced to the organisation's users without its parties, as soon as it is decided (P1.5)."""

from __future__ import annotations

import re

from tests.clauses.offices.marketplace import answered, decided
from tests.clauses.organisation import Organisation
from tests.register.asking import asked, listed, values


def test_a_decision_is_announced_to_members(marketplace: Organisation) -> None:
    decided(marketplace)

    [notice] = listed(marketplace, who="screener")

    assert (notice["kind"], notice["audience"], notice["state"]) == ("result", "users", "published")
    assert values(notice) == {
        "matter": "goods",
        "outcome": "upheld",
        "sanctions": "warning",
        "decided_on": "2026-W48",
    }
    assert notice["published_on"] == "2026-11-28"


def test_a_field_has_its_name_and_its_text_in_both_languages(marketplace: Organisation) -> None:
    decided(marketplace)

    [notice] = listed(marketplace, who="screener")

    matter, outcome, sanctions, week = notice["fields"]
    assert matter["label"]["zh"] == "投诉事项"
    assert (matter["text"]["zh"], sanctions["text"]["zh"]) == ("商品或服务", "警告")
    assert outcome["label"] == {"zh": "结论", "en": "Outcome"}
    assert outcome["text"] == {"zh": "投诉成立", "en": "Upheld"}
    assert week["text"] == {"zh": "2026年11月23日至2026年11月29日", "en": "23 Nov 2026 to 29 Nov 2026"}


def test_the_holder_of_a_receipt_reads_results(marketplace: Organisation) -> None:
    number = decided(marketplace)

    [notice] = listed(marketplace, f"?complaint={number}", "complainant", number)

    assert values(notice)["outcome"] == "upheld"


def test_a_wrong_receipt_reads_nothing(marketplace: Organisation) -> None:
    number = decided(marketplace)
    headers = {"Authorization": "Receipt k.x"}

    answer = marketplace.world.call("GET", f"{marketplace.path}/notices?complaint={number}", headers=headers)

    assert (answer.status, answer.problem) == (404, "complaint-unknown")


def test_a_receipt_needs_its_complaint(marketplace: Organisation) -> None:
    number = decided(marketplace)

    answer = asked(marketplace, "", "complainant", number)

    assert (answer.status, answer.pointer) == (422, "/query/complaint")


def test_nobody_reads_results_without_a_sign_in(marketplace: Organisation) -> None:
    decided(marketplace)
    [notice] = listed(marketplace, who="screener")

    assert listed(marketplace) == []
    assert asked(marketplace, f"/{notice['id']}").status == 404
    assert asked(marketplace, f"/{notice['id']}", "screener").json == notice


def test_a_result_names_no_case(marketplace: Organisation) -> None:
    number = decided(marketplace)

    text = asked(marketplace, "", "screener").text

    assert number not in text
    assert re.fullmatch(r"[0-9a-f]{32}", listed(marketplace, who="screener")[0]["id"])


def test_the_announcement_is_on_the_record(marketplace: Organisation) -> None:
    number = decided(marketplace)
    [notice] = listed(marketplace, who="screener")

    [event] = marketplace.events(number, type_="published")

    assert event["fields"] == {"notice": notice["id"], "kind": "result", "sha256": notice["sha256"]}
    assert event["actor"] == {"kind": "system", "id": "system"}


def test_a_complaint_without_a_decision_has_no_result(marketplace: Organisation) -> None:
    answered(marketplace)

    assert listed(marketplace, who="screener") == []


def test_a_result_is_among_the_notices_of_the_case_but_not_for_the_respondent(marketplace: Organisation) -> None:
    """It is announced to the organisation's users."""
    number = decided(marketplace)

    found = {who: marketplace.get(f"/complaints/{number}/notices", who)["notices"] for who in ("director", "seller")}

    assert {who: [one["kind"] for one in notices] for who, notices in found.items()} == {
        "director": ["result"],
        "seller": [],
    }
