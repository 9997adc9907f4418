"""Drafts of the next policy version over HTTP: saved, read, dropped."""

from __future__ import annotations

import msgspec
import pytest

from chalicelib.features.policies.draft import MOST_REVISIONS
from chalicelib.features.policies.draft_commands import DraftView
from chalicelib.policy import presets
from tests.clauses.organisation import Organisation
from tests.policies.drafts.shop import COMMENTS, DOCUMENT, DRAFT, OPEN, PUBLISH, ask, saved


def test_a_draft_is_read_as_it_was_saved(shop: Organisation) -> None:
    saved(shop)
    assert ask(shop, "GET", DRAFT).json["policy"] == DOCUMENT


def test_a_yaml_text_keeps_its_comments(shop: Organisation) -> None:
    text = "# 自拟\n" + presets.text("corporate-standard")
    ask(shop, "PUT", DRAFT, {"policy": text})
    assert ask(shop, "GET", DRAFT).json["policy"] == text


def test_an_unfinished_draft_is_saved_and_its_faults_are_listed(shop: Organisation) -> None:
    answer = ask(shop, "PUT", DRAFT, {"policy": {"language": 1}})
    assert answer.status == 200
    assert answer.json["faults"]


def test_a_fault_in_a_yaml_text_has_its_line(shop: Organisation) -> None:
    answer = ask(shop, "PUT", DRAFT, {"policy": "# 自拟\nlanguage: 2\n"})
    assert [fault["line"] for fault in answer.json["faults"] if fault["pointer"] == "/policy/language"] == [2]
    assert msgspec.convert(answer.json, DraftView).faults


def test_a_draft_beyond_256_kib_is_refused(shop: Organisation) -> None:
    answer = ask(shop, "PUT", DRAFT, {"policy": {"x": "字" * 90_000}})
    assert (answer.status, answer.problem) == (422, "policy-invalid")


def test_each_saving_is_a_new_revision_of_the_one_draft(shop: Organisation) -> None:
    first, second = saved(shop), saved(shop)
    assert first.json["draft"] == second.json["draft"]
    assert (first.json["revision"], second.json["revision"]) == (1, 2)


@pytest.mark.parametrize(("method", "path"), [("PUT", DRAFT), ("DELETE", DRAFT), ("POST", OPEN), ("POST", PUBLISH)])
def test_a_revision_before_another_save_is_stale(shop: Organisation, method: str, path: str) -> None:
    tag = saved(shop).headers["ETag"]
    saved(shop)
    body = {"PUT": {"policy": DOCUMENT}, "DELETE": None, "POST": {}}[method]
    assert ask(shop, method, path, body, If_Match=tag).status == 412


def test_a_stale_revision_is_told_who_changed_what_since(shop: Organisation) -> None:
    # given two authors who read the first revision, of whom one saves twice
    read = saved(shop).headers["ETag"]
    first = saved(shop, name={"zh": "另一个"})
    saved(shop, name={"zh": "另一个"}, clocks={**DOCUMENT["clocks"], "reply": {"within": "3 days"}})

    # when
    answer = ask(shop, "PUT", DRAFT, {"policy": DOCUMENT}, If_Match=read)

    # then
    assert answer.json["since"] == [
        {
            "revision": 2,
            "saved_at": first.json["saved_at"],
            "saved_by": first.json["saved_by"],
            "changed": ["/name/zh", "/name/en"],
        },
        {
            "revision": 3,
            "saved_at": first.json["saved_at"],
            "saved_by": first.json["saved_by"],
            "changed": ["/clocks/reply"],
        },
    ]


def test_after_another_draft_all_savings_of_the_present_one_are_told(shop: Organisation) -> None:
    read = saved(shop).headers["ETag"]
    assert ask(shop, "DELETE", DRAFT).status == 204
    saved(shop)
    answer = ask(shop, "DELETE", DRAFT, If_Match=read)
    assert [one["revision"] for one in answer.json["since"]] == [1]


@pytest.mark.slow
def test_only_the_latest_savings_are_kept(shop: Organisation) -> None:
    read, *_ = [saved(shop, name={"zh": f"第{number}个"}) for number in range(MOST_REVISIONS + 3)]
    answer = ask(shop, "DELETE", DRAFT, If_Match=read.headers["ETag"])
    assert [one["revision"] for one in answer.json["since"]] == list(range(4, MOST_REVISIONS + 4))


def test_a_change_of_a_text_that_is_no_yaml_concerns_the_whole(shop: Organisation) -> None:
    read = saved(shop).headers["ETag"]
    ask(shop, "PUT", DRAFT, {"policy": "language: 1\n\tname: x\n"})
    answer = ask(shop, "DELETE", DRAFT, If_Match=read)
    assert [one["changed"] for one in answer.json["since"]] == [[""]]


def test_a_draft_keeps_the_order_of_its_author(shop: Organisation) -> None:
    # given channels that are not listed in the order of their keys
    order = list(DOCUMENT["intake"]["channels"])
    assert order != sorted(order)

    # when
    saved(shop)
    assert ask(shop, "POST", PUBLISH, {}).status == 201

    # then
    assert ask(shop, "GET", "/policy").json["policy"]["order"]["intake.channels"] == order


def test_a_dropped_draft_is_gone(shop: Organisation) -> None:
    saved(shop)
    assert ask(shop, "DELETE", DRAFT).status == 204
    assert ask(shop, "GET", DRAFT).status == 404


def test_a_later_draft_has_another_id(shop: Organisation) -> None:
    first = saved(shop).json["draft"]
    ask(shop, "DELETE", DRAFT)
    assert saved(shop).json["draft"] != first


@pytest.mark.parametrize(
    ("method", "path"),
    [("PUT", DRAFT), ("DELETE", DRAFT), ("GET", DRAFT), ("POST", OPEN), ("GET", COMMENTS), ("POST", "/policy/switch")],
)
def test_only_owners_have_access_to_drafts(shop: Organisation, method: str, path: str) -> None:
    saved(shop)
    body = {"policy": DOCUMENT} if method == "PUT" else {} if method == "POST" else None
    assert ask(shop, method, path, body, who="agent").status == 403
