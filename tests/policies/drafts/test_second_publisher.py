"""`amendment.approval`: another person than the owner who asked publishes the draft, themselves or by their deputy."""

from __future__ import annotations

from typing import Any

from chalicelib.access import binding
from chalicelib.features.policies import draft
from chalicelib.kit.instants import DAY, to_text
from tests.clauses.organisation import Organisation, hire
from tests.kernel.web.untouched import in_process
from tests.policies.drafts.shop import DRAFT, OPEN, PUBLISH, ask, saved
from tests.policies.drafts.test_amendment import APPROVAL, COMMENTS, under


def replaced_by(shop: Organisation, absent: str, deputy: str) -> None:
    now = shop.world.now()
    body = {"sub": shop.subs[deputy], "from": to_text(now), "until": to_text(now + DAY)}
    answer = ask(shop, "PUT", "/people/me/deputy", body, who=absent)
    assert answer.status == 200, answer.text


def with_lead(shop: Organisation) -> Organisation:
    hire(shop, "team_lead", name="lead")
    hire(shop, "agent", name="deputy")
    under(shop, APPROVAL)
    saved(shop)
    return shop


def test_the_deputy_of_the_second_person_reads_the_draft_and_publishes_it(shop: Organisation) -> None:
    with_lead(shop)
    assert ask(shop, "POST", PUBLISH, {}).status == 202
    before = [ask(shop, "GET", DRAFT, who="deputy").status, ask(shop, "POST", PUBLISH, {}, who="deputy").status]
    replaced_by(shop, "lead", "deputy")
    assert (before, ask(shop, "GET", DRAFT, who="deputy").status) == ([403, 403], 200)
    assert ask(shop, "POST", PUBLISH, {}, who="deputy").status == 201
    assert _last_event(shop, "policy_published")["on_behalf_of"] == shop.subs["lead"]


def test_no_deputy_publishes_for_the_owner_who_asked(shop: Organisation) -> None:
    """The role of the owner who asked does not help, and neither does a loan of it."""
    with_lead(shop)
    grants = {"grants": [{"role": "owner"}, {"role": "team_lead"}]}
    assert ask(shop, "PUT", f"/people/{shop.subs['lead']}", grants).status == 200
    assert ask(shop, "POST", PUBLISH, {}, who="lead").status == 202
    replaced_by(shop, "lead", "deputy")
    assert ask(shop, "POST", PUBLISH, {}, who="deputy").status == 409


def test_an_owner_who_stands_in_does_not_publish_what_they_asked_for(shop: Organisation) -> None:
    with_lead(shop)
    grants = {"grants": [{"role": "owner"}]}
    assert ask(shop, "PUT", f"/people/{shop.subs['deputy']}", grants).status == 200
    replaced_by(shop, "lead", "deputy")
    assert [ask(shop, "POST", PUBLISH, {}, who="deputy").status for _ in range(2)] == [202, 202]


def test_nothing_is_published_for_one_who_is_an_owner_no_more(shop: Organisation) -> None:
    with_lead(shop)
    hire(shop, "owner", name="second")
    assert ask(shop, "POST", PUBLISH, {}, who="second").status == 202
    ask(shop, "PUT", f"/people/{shop.subs['second']}", {"grants": [{"role": "agent"}]})
    assert ask(shop, "POST", PUBLISH, {}, who="lead").problem == "conflict"
    assert ask(shop, "POST", PUBLISH, {}).status == 202
    assert ask(shop, "POST", PUBLISH, {}, who="lead").status == 201


def test_members_see_what_is_asked_for_and_complainants_do_not(shop: Organisation) -> None:
    with_lead(shop)
    effective_at = to_text(shop.world.now() + DAY)
    before = ask(shop, "GET", DRAFT).json
    ask(shop, "POST", PUBLISH, {"effective_at": effective_at})
    asked = ask(shop, "GET", DRAFT, who="lead").json["asked"]
    assert "asked" not in before
    assert (asked["effective_at"], asked["approvers"]) == (effective_at, ["team_lead"])
    assert asked["by"] == _last_event(shop, "policy_publication_asked", "actor")["id"]
    number = shop.file()
    assert ask(shop, "POST", OPEN, {"to": ["complainants"]}).status == 200
    read = ask(shop, "GET", f"{DRAFT}?complaint={number}", who="complainant", number=number)
    assert (read.status, "asked" in read.json) == (200, False)


def test_a_draft_of_an_earlier_release_is_opened_again_for_the_time_of_comments(shop: Organisation) -> None:
    under(shop, COMMENTS)
    saved(shop)
    assert ask(shop, "POST", OPEN, {}).status == 200
    _without_since(shop)
    assert ask(shop, "POST", PUBLISH, {}).problem == "comments-demanded"
    assert ask(shop, "POST", OPEN, {}).status == 200
    shop.world.move_to("2026-12-05T00:00:00+08:00")
    assert ask(shop, "POST", PUBLISH, {}).status == 201


def _without_since(shop: Organisation) -> None:
    """As stored before drafts said since when they are open."""
    store, key = in_process(shop).fakes.store, draft.draft_keys(shop.id)[0]
    with binding.tenant(shop.id):
        found = draft.FORM.read(store.get([key])[key])
        given = {name: getattr(found, name) for name in ("id", "revision", "saved_at", "saved_by", "opened")}
        store.put_each([draft.FORM.entry(key, draft.PolicyDraft(**given))])


def _last_event(shop: Organisation, type_: str, part: str = "fields") -> dict[str, Any]:
    events = ask(shop, "GET", "/record").json["events"]
    found: dict[str, Any] = max((one for one in events if one["type"] == type_), key=lambda one: one["seq"])[part]
    return found
