"""Comments on a draft over HTTP (P4.10)."""

from __future__ import annotations

from chalicelib.kit.instants import HOUR, to_text
from tests.clauses.organisation import Organisation
from tests.clauses.world import InProcess
from tests.policies.drafts.shop import COMMENTS, DRAFT, OPEN, PUBLISH, ask, before_the_next_commit, commented, saved


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


def test_no_comment_from_a_group_without_access(shop: Organisation) -> None:
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


def test_no_comment_on_a_draft_that_is_dropped_meanwhile(shop: Organisation) -> None:
    draft = saved(shop).json["draft"]
    ask(shop, "POST", OPEN, {})
    before_the_next_commit(shop, lambda: ask(shop, "DELETE", DRAFT))

    answer = commented(shop)

    assert (answer.status, answer.problem) == (409, "conflict")
    assert ask(shop, "GET", f"{COMMENTS}?draft={draft}").json["comments"] == []


def test_a_receipt_of_another_organisation_cannot_comment(shop: Organisation) -> None:
    number, other = shop.file(), shop.file()
    saved(shop)
    ask(shop, "POST", OPEN, {})
    answer = ask(shop, "POST", COMMENTS, {"text": "x", "complaint": other}, who="complainant", number=number)
    assert answer.problem == "complaint-unknown"


def test_a_repeated_comment_is_stored_once(shop: Organisation) -> None:
    saved(shop)
    ask(shop, "POST", OPEN, {})
    key = "b3b6f5a0-6d2f-4f0e-9a55-0c6c1c5d2f10"
    first, second = (ask(shop, "POST", COMMENTS, {"text": "一次"}, who="agent", Idempotency_Key=key) for _ in range(2))
    assert first.json == second.json
    assert len(ask(shop, "GET", COMMENTS).json["comments"]) == 1


def test_a_person_can_comment_fifty_times(shop: Organisation) -> None:
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
