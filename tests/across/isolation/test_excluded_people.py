"""A complaint is hidden from the members whom it excludes: every route that names it refuses, and no list shows it.

Excluded are who withdrew (`recuse`), who was named in it, who was their deputy then, and who stands in for them now. A
new route is in these tests without a change: they ask every path of the OpenAPI document.
"""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.across.isolation.excluded import EXCLUDED, PERIOD, PHONE, Scene, asked, made
from tests.kernel.web.untouched import in_process

CRITERIA: dict[str, dict[str, Any]] = {
    "phone": {"phone": PHONE},
    "subject": {"subject": "Mill Lane"},
    "words": {"words": "rats"},
    "category": {"category": {"kind": "waste"}},
    "stage": {"stage": "open"},
    "archived": {"archived": False},
    "filed": {"filed_from": "2026-11-01T00:00:00Z"},
    "words and stage": {"words": "rats", "stage": "open"},
}
LISTS = {
    "/complaints": "",
    "/complaints?stage=open": "",
    "/complaints?mine=true": "",
    "/tasks": "",
    "/tasks?of=unit": "has tasks of units only",
    "/ledgers/open_matters": "",
    "/subjects/Mill%20Lane": "",
    f"/analysis/groups?{PERIOD}": "",
    f"/reports/inflow/cases?measure=received&{PERIOD}": "",
    "/complaints/{other}/similar": "",
    "/complaints/{later}/history": "",
}
"""With the reason if the list does not have the complaint for others either."""
SENT = {"/messages": "a message that was sent before the exclusion stays, as a mail does"}


@pytest.fixture
def scene() -> Scene:
    return made()


def search(scene: Scene, who: str, criteria: dict[str, Any]) -> dict[str, Any]:
    office = scene.office
    answer = office.world.call("POST", f"{office.path}/complaints/search", criteria, auth=office.auth(who))
    assert answer.status == 200, answer.text
    found: dict[str, Any] = answer.json
    return found


def receipts_only(scene: Scene) -> set[tuple[str, str]]:
    """Method and path template of every operation that takes a receipt and no member's token."""
    paths = scene.office.world.call("GET", "/v1/openapi.json").json["paths"]
    return {
        (method.upper(), path)
        for path, methods in paths.items()
        for method, operation in methods.items()
        if isinstance(operation, dict) and operation.get("security") == [{"receipt": []}]
    }


def operations(scene: Scene) -> list[tuple[str, str]]:
    """Method and path template of every operation of an organisation."""
    paths = scene.office.world.call("GET", "/v1/openapi.json").json["paths"]
    return [
        (method.upper(), path)
        for path, methods in paths.items()
        for method in methods
        if path.startswith("/v1/t/{tenant}") and method in ("get", "post", "put", "patch", "delete")
    ]


def of_complaint(scene: Scene, template: str) -> str:
    path = template.replace("{tenant}", scene.office.id).replace("{number}", scene.number)
    return path.replace("{demand}", "1").replace("{act}", "note").replace("{id}", "x").replace("{form}", "x")


OPENED = ("GET", "/v1/t/{tenant}/complaints/{number}")
"""Says that the complaint excludes the person, and nothing of its content."""
BODIES: dict[str, Any] = {
    "/evidence": {"kind": "photo", "name": "a.jpg", "size": 10, "sha256": "0" * 64, "media_type": "image/jpeg"},
    "/evidence/{id}/complete": {"parts": [{"number": 1, "etag": "e", "sha256": "0" * 64}]},
    "/acts/{act}": {"fields": {"text": "A note."}},
}


def refusals(place: tuple[str, str], for_receipts: set[tuple[str, str]]) -> set[int]:
    """A notice that does not exist is 404 for all. A route for receipts alone does not know members: it is 401."""
    if place in for_receipts:
        return {401}
    return {403, 404} if "{notice}" in place[1] else {403}


@pytest.mark.parametrize("who", EXCLUDED)
def test_every_route_that_names_the_complaint_refuses(scene: Scene, who: str) -> None:
    named = [(method, path) for method, path in operations(scene) if "{number}" in path and (method, path) != OPENED]
    answers = {}
    for method, path in named:
        body = next((body for end, body in BODIES.items() if path.endswith("{number}" + end)), {})
        sent = None if method == "GET" else body
        answers[method, path] = scene.office.world.call(
            method, of_complaint(scene, path), sent, auth=scene.office.auth(who)
        )

    alone = receipts_only(scene)
    opened = {
        place: (one.status, one.text) for place, one in answers.items() if one.status not in refusals(place, alone)
    }

    assert len(named) > 15
    assert opened == {}


@pytest.mark.parametrize("who", EXCLUDED)
def test_the_complaint_itself_says_only_that_it_excludes_the_person(scene: Scene, who: str) -> None:
    office, path = scene.office, of_complaint(scene, OPENED[1])
    seen = {one: office.world.call("GET", path, auth=office.auth(one)).json for one in (who, "second")}

    told = {key: value for key, value in seen[who].items() if value not in (None, {}, [], seen["second"].get(key))}

    assert told == {"excluded": True}
    assert (seen[who]["facts"], seen[who]["acts"], seen["second"]["acts"] != []) == ({}, [], True)
    assert {"assigned", "guidance", "demands", "proposals", "tasks", "similar"} & seen[who].keys() == set()


def test_who_is_not_excluded_opens_the_complaint(scene: Scene) -> None:
    named = [path for method, path in operations(scene) if method == "GET" and path.endswith("{number}")]
    auth = scene.office.auth("second")

    assert [scene.office.world.call("GET", of_complaint(scene, path), auth=auth).status for path in named] == [200]


@pytest.mark.parametrize("who", EXCLUDED)
@pytest.mark.parametrize("criteria", CRITERIA.values(), ids=CRITERIA.keys())
def test_no_search_finds_the_complaint(scene: Scene, who: str, criteria: dict[str, Any]) -> None:
    assert scene.number in str(search(scene, "second", criteria))

    found = search(scene, who, criteria)

    assert scene.number not in str(found)


def test_a_search_by_number_finds_nothing(scene: Scene) -> None:
    by_number = {"number": scene.number}

    assert len(search(scene, "second", by_number)["complaints"]) == 1
    assert search(scene, "officer", by_number)["complaints"] == []


@pytest.mark.parametrize("who", EXCLUDED)
@pytest.mark.parametrize("path", LISTS)
def test_no_list_shows_the_complaint(scene: Scene, who: str, path: str) -> None:
    if not LISTS[path]:
        assert scene.number in asked(scene, "second", path).text

    assert scene.number not in asked(scene, who, path).text


@pytest.mark.parametrize("who", EXCLUDED)
def test_no_other_response_names_the_complaint(scene: Scene, who: str) -> None:
    plain = [path.removeprefix("/v1/t/{tenant}") for method, path in operations(scene) if method == "GET"]
    answers = {path: asked(scene, who, path) for path in plain if not re.search(r"\{\w+\}", path)}

    naming = {path for path, answer in answers.items() if scene.number in answer.text}

    assert sum(answer.status == 200 for answer in answers.values()) > 12
    assert naming <= SENT.keys()


def test_the_deputy_sees_the_complaint_when_they_stand_in_no_more(scene: Scene) -> None:
    assert scene.number not in asked(scene, "third", "/complaints").text

    scene.office.world.move_to("2026-12-05T09:00:00+08:00")

    assert scene.number in asked(scene, "third", "/complaints").text


@pytest.mark.parametrize("criteria", [{"words": "rats"}, {"phone": PHONE}, {"subject": "Mill Lane"}])
def test_the_store_is_asked_the_same_for_hidden_complaints_and_for_none(scene: Scene, criteria: dict[str, Any]) -> None:
    store = in_process(scene.office).fakes.store
    calls = []
    for name, changes in (("to fill the caches", {}), ("hidden", {}), ("none", {"stage": "done"})):
        before = len(store.calls)
        found = search(scene, "officer", {**criteria, "filed_to": "2026-11-27T00:59:59Z", **changes})
        assert found["complaints"] == [], name
        calls.append([(call.name, call.keys) for call in store.calls[before:]])

    assert calls[1] == calls[2]


def test_a_complaint_cannot_be_linked_to_one_that_excludes_the_person(scene: Scene) -> None:
    unknown = scene.office.try_act(scene.other, "officer", "link", to="202611-000999")
    hidden = scene.office.try_act(scene.other, "officer", "link", to=scene.number)

    assert (
        hidden.json["errors"]
        == unknown.json["errors"]
        == [{"pointer": "/fields/to", "detail": "there is no such complaint"}]
    )


def test_the_answer_to_a_withdrawal_is_repeated_for_the_same_request(scene: Scene) -> None:
    office, headers = scene.office, {"Idempotency-Key": "withdrawal-of-second-0001"}

    first, again = (office.try_act(scene.number, "second", "recuse", headers=headers) for _ in range(2))

    assert (first.status, again.status, again.json) == (200, 200, first.json)
