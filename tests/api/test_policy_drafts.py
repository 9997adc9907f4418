"""Drafts of the next policy version over HTTP: saved, opened for comments, commented on, published (P4.10)."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from chalicelib.http.routes.drafts import DraftView
from chalicelib.instants import DAY, HOUR, to_text
from chalicelib.policy import presets
from tests.clauses.organisation import Organisation, hire, sign_up
from tests.clauses.world import InProcess
from tests.fakes.client import Answer


def _plain(preset: str) -> dict[str, Any]:
    """A preset's document without its examples, which stand in the way of changing it."""
    return {name: part for name, part in presets.document(preset).items() if name != "examples"}


DOCUMENT = _plain("corporate-standard")
BOTH = {"amendment": {"comments": ["departments", "complainants"]}}
DRAFT, OPEN, COMMENTS, PUBLISH = "/policy/draft", "/policy/draft/open", "/policy/comments", "/policy/publish"


@pytest.fixture
def shop() -> Organisation:
    return sign_up(InProcess("2026-11-27T09:00:00+08:00"), "corporate-standard")


@pytest.fixture
def deliberating(shop: Organisation) -> Organisation:
    """An organisation whose policy in force wants its successor opened to both groups."""
    assert ask(shop, "POST", PUBLISH, {"policy": {**DOCUMENT, **BOTH}}).status == 201
    return shop


def ask(
    shop: Organisation,
    method: str,
    path: str,
    body: Any = None,
    *,
    who: str = "owner",
    number: str = "",
    **headers: str,
) -> Answer:
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    return shop.world.call(method, shop.path + path, body, auth=shop.auth(who, number), headers=sent)


def saved(shop: Organisation, **changes: Any) -> Answer:
    answer = ask(shop, "PUT", DRAFT, {"policy": {**DOCUMENT, **changes}})
    assert answer.status == 200, answer.text
    return answer


def commented(shop: Organisation, who: str = "agent", number: str = "", **body: Any) -> Answer:
    named = {"complaint": number} if number else {}
    return ask(shop, "POST", COMMENTS, {"text": "期限太短。", **named, **body}, who=who, number=number)


# ---- saving ------------------------------------------------------------------------------------------------------


def test_a_draft_is_read_as_it_was_saved(shop: Organisation) -> None:
    saved(shop)
    assert ask(shop, "GET", DRAFT).json["policy"] == DOCUMENT


def test_a_yaml_text_keeps_its_comments(shop: Organisation) -> None:
    text = "# 自拟\n" + presets.text("corporate-standard")
    ask(shop, "PUT", DRAFT, {"policy": text})
    assert ask(shop, "GET", DRAFT).json["policy"] == text


def test_an_unfinished_draft_is_kept_and_its_faults_are_told(shop: Organisation) -> None:
    answer = ask(shop, "PUT", DRAFT, {"policy": {"language": 1}})
    assert answer.status == 200
    assert answer.json["faults"]


def test_a_fault_in_a_text_is_told_with_its_line(shop: Organisation) -> None:
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
def test_what_was_read_before_another_saving_is_stale(shop: Organisation, method: str, path: str) -> None:
    tag = saved(shop).headers["ETag"]
    saved(shop)
    body = {"PUT": {"policy": DOCUMENT}, "DELETE": None, "POST": {}}[method]
    assert ask(shop, method, path, body, If_Match=tag).status == 412


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
def test_drafts_are_the_owners(shop: Organisation, method: str, path: str) -> None:
    saved(shop)
    body = {"policy": DOCUMENT} if method == "PUT" else {} if method == "POST" else None
    assert ask(shop, method, path, body, who="agent").status == 403


# ---- opening -----------------------------------------------------------------------------------------------------


def test_a_draft_with_faults_cannot_be_opened(shop: Organisation) -> None:
    ask(shop, "PUT", DRAFT, {"policy": {"language": 1}})
    assert ask(shop, "POST", OPEN, {}).problem == "policy-invalid"


def test_members_read_a_draft_that_is_open_to_departments(shop: Organisation) -> None:
    saved(shop)
    ask(shop, "POST", OPEN, {"to": ["departments"]})
    assert ask(shop, "GET", DRAFT, who="agent").json["policy"] == DOCUMENT


def test_complainants_read_a_draft_that_is_open_to_them(shop: Organisation) -> None:
    number = shop.file()
    path = f"{DRAFT}?complaint={number}"
    saved(shop)
    before = ask(shop, "GET", path, who="complainant", number=number).status
    ask(shop, "POST", OPEN, {"to": ["complainants"]})
    assert (before, ask(shop, "GET", path, who="complainant", number=number).status) == (403, 200)


def test_a_receipt_reads_it_only_with_its_own_complaint(shop: Organisation) -> None:
    number, other = shop.file(), shop.file()
    saved(shop)
    ask(shop, "POST", OPEN, {})
    answer = ask(shop, "GET", f"{DRAFT}?complaint={other}", who="complainant", number=number)
    assert answer.problem == "complaint-unknown"


def test_a_receipt_without_its_complaint_is_told_what_is_missing(shop: Organisation) -> None:
    number = shop.file()
    saved(shop)
    answer = ask(shop, "GET", DRAFT, who="complainant", number=number)
    assert [error["pointer"] for error in answer.json["errors"]] == ["/query/complaint"]


@pytest.mark.parametrize("until", ["2026-11-27T09:00:00+08:00", "tomorrow"])
def test_the_time_for_comments_ends_in_the_future(shop: Organisation, until: str) -> None:
    saved(shop)
    answer = ask(shop, "POST", OPEN, {"until": until})
    assert [error["pointer"] for error in answer.json["errors"]] == ["/until"]


# ---- comments ----------------------------------------------------------------------------------------------------


def test_owners_read_the_comments_of_both_groups(shop: Organisation) -> None:
    number = shop.file()
    saved(shop)
    ask(shop, "POST", OPEN, {})
    assert commented(shop, "agent", place="/clocks/resolution").status == 201
    shop.world.move_to("2026-11-27T10:00:00+08:00")
    assert commented(shop, "complainant", number, text="应当更快。").status == 201
    found = ask(shop, "GET", COMMENTS).json["comments"]
    assert [(one["group"], one["by"], one["text"], one["place"]) for one in found] == [
        ("departments", shop.subs["agent"], "期限太短。", "/clocks/resolution"),
        ("complainants", None, "应当更快。", ""),
    ]


def test_no_comment_before_it_is_opened(shop: Organisation) -> None:
    saved(shop)
    assert commented(shop).problem == "comments-closed"


def test_no_comment_from_a_group_that_it_is_not_open_to(shop: Organisation) -> None:
    saved(shop)
    ask(shop, "POST", OPEN, {"to": ["complainants"]})
    assert commented(shop).problem == "comments-closed"


def test_no_comment_after_its_time(shop: Organisation) -> None:
    saved(shop)
    ask(shop, "POST", OPEN, {"until": to_text(shop.world.now() + HOUR)})
    shop.world.move_to(to_text(shop.world.now() + HOUR))
    assert commented(shop).problem == "comments-closed"


def test_no_comment_without_a_draft(shop: Organisation) -> None:
    assert commented(shop).status == 404


def test_a_strangers_receipt_comments_on_nothing(shop: Organisation) -> None:
    number, other = shop.file(), shop.file()
    saved(shop)
    ask(shop, "POST", OPEN, {})
    answer = ask(shop, "POST", COMMENTS, {"text": "x", "complaint": other}, who="complainant", number=number)
    assert answer.problem == "complaint-unknown"


def test_a_repeated_comment_is_there_once(shop: Organisation) -> None:
    saved(shop)
    ask(shop, "POST", OPEN, {})
    key = "b3b6f5a0-6d2f-4f0e-9a55-0c6c1c5d2f10"
    first, second = (ask(shop, "POST", COMMENTS, {"text": "一次"}, who="agent", Idempotency_Key=key) for _ in range(2))
    assert first.json == second.json
    assert len(ask(shop, "GET", COMMENTS).json["comments"]) == 1


def test_one_person_comments_fifty_times_and_no_more(shop: Organisation) -> None:
    saved(shop)
    ask(shop, "POST", OPEN, {})
    answers = [commented(shop).status for _ in range(51)]
    assert answers == [201] * 50 + [409]


def test_comments_stay_when_the_draft_is_published(shop: Organisation) -> None:
    draft = saved(shop).json["draft"]
    ask(shop, "POST", OPEN, {})
    commented(shop)
    ask(shop, "POST", PUBLISH, {})
    assert len(ask(shop, "GET", f"{COMMENTS}?draft={draft}").json["comments"]) == 1


def test_the_text_of_a_comment_is_in_no_event(shop: Organisation) -> None:
    saved(shop)
    ask(shop, "POST", OPEN, {})
    commented(shop, text="我叫王小明")
    world = shop.world
    assert isinstance(world, InProcess)
    events = [entry.body for entry in world.fakes.store.everything() if entry.key.sk.startswith("E#")]
    assert not any("王小明" in body for body in events)


# ---- publishing --------------------------------------------------------------------------------------------------


def test_the_draft_becomes_the_version_and_is_gone(shop: Organisation) -> None:
    saved(shop, name={"zh": "新制度"})
    assert ask(shop, "POST", PUBLISH, {}).json["version"] == "2"
    assert ask(shop, "GET", "/policy").json["policy"]["name"]["zh"] == "新制度"
    assert ask(shop, "GET", DRAFT).status == 404


def test_without_a_draft_there_is_nothing_to_publish(shop: Organisation) -> None:
    assert ask(shop, "POST", PUBLISH, {}).status == 404


def test_a_draft_with_faults_is_not_published(shop: Organisation) -> None:
    ask(shop, "PUT", DRAFT, {"policy": {"language": 1}})
    assert ask(shop, "POST", PUBLISH, {}).problem == "policy-invalid"


def test_a_draft_can_take_effect_later(shop: Organisation) -> None:
    saved(shop)
    ask(shop, "POST", PUBLISH, {"effective_at": to_text(shop.world.now() + DAY)})
    assert ask(shop, "GET", "/policy").json["version"] == "1"


def test_all_versions_are_listed_newest_first(shop: Organisation) -> None:
    draft = saved(shop).json["draft"]
    ask(shop, "POST", PUBLISH, {})
    found = ask(shop, "GET", "/policy/versions", who="agent").json["versions"]
    assert [(one["version"], one["preset"], one["draft"]) for one in found] == [
        ("2", None, draft),
        ("1", "corporate-standard", None),
    ]


def test_versions_come_page_by_page(shop: Organisation) -> None:
    for _ in range(11):
        ask(shop, "POST", PUBLISH, {"policy": DOCUMENT})
    first = ask(shop, "GET", "/policy/versions?limit=7").json
    second = ask(shop, "GET", f"/policy/versions?limit=7&cursor={first['cursor']}").json
    assert [one["version"] for one in first["versions"] + second["versions"]] == [str(n) for n in range(12, 0, -1)]


def test_a_policy_in_the_body_is_no_opened_draft(deliberating: Organisation) -> None:
    answer = ask(deliberating, "POST", PUBLISH, {"policy": DOCUMENT})
    assert (answer.status, answer.problem) == (409, "comments-demanded")
    assert answer.json["groups"] == ["departments", "complainants"]


def test_each_group_must_have_had_its_opening(deliberating: Organisation) -> None:
    saved(deliberating)
    ask(deliberating, "POST", OPEN, {"to": ["departments"]})
    assert ask(deliberating, "POST", PUBLISH, {}).json["groups"] == ["complainants"]


def test_opening_goes_to_the_groups_that_the_policy_names(deliberating: Organisation) -> None:
    saved(deliberating)
    assert set(ask(deliberating, "POST", OPEN, {}).json["opened"]) == {"departments", "complainants"}
    assert ask(deliberating, "POST", PUBLISH, {}).status == 201


def test_what_was_changed_after_the_opening_is_opened_again(deliberating: Organisation) -> None:
    saved(deliberating)
    ask(deliberating, "POST", OPEN, {})
    saved(deliberating, name={"zh": "另一个"})
    assert ask(deliberating, "POST", PUBLISH, {}).problem == "comments-demanded"


def test_nothing_is_published_before_the_time_for_comments_is_over(deliberating: Organisation) -> None:
    saved(deliberating)
    ask(deliberating, "POST", OPEN, {"until": to_text(deliberating.world.now() + DAY)})
    before = ask(deliberating, "POST", PUBLISH, {}).problem
    deliberating.world.move_to(to_text(deliberating.world.now() + DAY))
    assert (before, ask(deliberating, "POST", PUBLISH, {}).status) == ("comments-demanded", 201)


# ---- roles -------------------------------------------------------------------------------------------------------


def test_a_role_that_open_complaints_may_need_can_still_be_granted(shop: Organisation) -> None:
    """Complaints of the old version go on; somebody new must be able to take the role that they are waiting for."""
    number = shop.file()
    other = _plain("food-drug-administration")
    assert ask(shop, "POST", PUBLISH, {"policy": other}).status == 201
    hire(shop, "agent", name="new_agent")
    assert shop.try_act(number, "new_agent", "accept", agent_team="一组", agent_number="0007").status == 200


def test_roles_of_a_version_to_come_can_be_granted_before(shop: Organisation) -> None:
    other = _plain("food-drug-administration")
    ask(shop, "POST", PUBLISH, {"policy": other, "effective_at": to_text(shop.world.now() + DAY)})
    hire(shop, "archivist")
