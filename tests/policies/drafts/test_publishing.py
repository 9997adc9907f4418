"""Publishing drafts over HTTP, and the openings that the policy in force requires before (P4.10)."""

from __future__ import annotations

from chalicelib.kit.instants import DAY, to_text
from tests.clauses.organisation import Organisation, hire
from tests.policies.drafts.shop import BOTH, DOCUMENT, DRAFT, OPEN, PUBLISH, ask, before_the_next_commit, plain, saved


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


def test_a_policy_in_the_body_does_not_count_as_an_opened_draft(deliberating: Organisation) -> None:
    answer = ask(deliberating, "POST", PUBLISH, {"policy": DOCUMENT})
    assert (answer.status, answer.problem) == (409, "comments-demanded")
    assert answer.json["groups"] == ["departments", "complainants"]


def test_the_draft_must_have_been_opened_to_each_group(deliberating: Organisation) -> None:
    saved(deliberating)
    ask(deliberating, "POST", OPEN, {"to": ["departments"]})
    assert ask(deliberating, "POST", PUBLISH, {}).json["groups"] == ["complainants"]


def test_opening_goes_to_the_groups_that_the_policy_names(deliberating: Organisation) -> None:
    saved(deliberating)
    assert set(ask(deliberating, "POST", OPEN, {}).json["opened"]) == {"departments", "complainants"}
    assert ask(deliberating, "POST", PUBLISH, {}).status == 201


def test_a_draft_changed_after_its_opening_must_be_opened_again(deliberating: Organisation) -> None:
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


def test_nothing_is_published_while_one_group_may_still_comment(deliberating: Organisation) -> None:
    saved(deliberating)
    ask(deliberating, "POST", OPEN, {"to": ["departments"]})
    ask(deliberating, "POST", OPEN, {"to": ["complainants"], "until": "2026-12-10T09:00:00+08:00"})
    answer = ask(deliberating, "POST", PUBLISH, {})
    assert (answer.problem, answer.json["until"]) == ("comments-demanded", "2026-12-10T01:00:00.000Z")


def test_a_version_is_not_published_under_rules_that_another_one_changed_meanwhile(shop: Organisation) -> None:
    demanding = {"policy": {**DOCUMENT, **BOTH}}
    before_the_next_commit(shop, lambda: ask(shop, "POST", PUBLISH, demanding))

    answer = ask(shop, "POST", PUBLISH, {"policy": DOCUMENT})

    assert (answer.status, answer.problem) == (409, "conflict")
    assert ask(shop, "GET", "/policy").json["policy"]["amendment"]["comments"] == BOTH["amendment"]["comments"]


def test_a_role_that_open_complaints_may_need_can_still_be_granted(shop: Organisation) -> None:
    """Complaints continue under the old version, so its roles must remain available for new people."""
    number = shop.file()
    other = plain("food-drug-administration")
    assert ask(shop, "POST", PUBLISH, {"policy": other}).status == 201
    hire(shop, "agent", name="new_agent")
    assert shop.try_act(number, "new_agent", "accept", agent_team="一组", agent_number="0007").status == 200


def test_roles_of_an_upcoming_version_can_be_granted_before(shop: Organisation) -> None:
    other = plain("food-drug-administration")
    grants = {"grants": [{"role": "archivist"}]}
    me = f"/people/{shop.subs['agent']}"
    assert ask(shop, "PUT", me, grants).status == 422
    ask(shop, "POST", PUBLISH, {"policy": other, "effective_at": to_text(shop.world.now() + DAY)})
    assert ask(shop, "PUT", me, grants).status == 200
    hire(shop, "archivist")
    people = {one["sub"]: one["grants"] for one in ask(shop, "GET", "/people").json["people"]}
    assert people[shop.subs["archivist"]] == people[shop.subs["agent"]]
