"""No one can read, change or detect items of another organisation (X.1). A stranger tries every route.

For each operation, the stranger's members and complainants request the victim's items, in the victim's path and in
their own. Whether an item exists changes neither status, headers, body nor store calls.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.across.isolation import attack_table
from tests.across.isolation.attack_table import NO_TENANTS, ONE_PAGE, PLAIN_QUERY, Attempt
from tests.across.isolation.scene import NAMES, Scene, Sight, used_key
from tests.across.isolation.scene import scene as make_scene
from tests.helpers import left_out
from tests.helpers.left_out import kept
from tests.kernel.web.well_formed import NOT_AT_ONCE

ATTEMPTS, FOR_ANYBODY = map(kept, (attack_table.ATTEMPTS, attack_table.FOR_ANYBODY))
DOCUMENT = json.loads((Path(__file__).parents[3] / "docs" / "openapi.json").read_text("utf-8"))
OPERATIONS: Mapping[str, tuple[str, str, dict[str, Any]]] = {
    operation["operationId"]: (method.upper(), path, operation)
    for path, methods in DOCUMENT["paths"].items()
    for method, operation in methods.items()
    if method != "parameters"
}
TRIED = [(name, place) for name, attempts in ATTEMPTS.items() for place in range(len(attempts))]
PEOPLE = ("owner", "worker", "complainant")
REFUSALS = {400, 401, 403, 404, 422}


@pytest.fixture(scope="module")
def scene() -> Scene:
    return make_scene()


class Asker:
    """Fills in the names of an attempt: the victim's (`real`), or names that do not exist."""

    def __init__(self, scene: Scene, operation: str) -> None:
        self.scene = scene
        self.operation = operation
        self.method, self.path, self.declared = OPERATIONS[operation]
        self.cursor = self._cursor()

    def sight(self, attempt: Attempt, at: str, who: str, *, real: bool, key: str | None = None) -> Sight:
        """`at`: the organisation in the path. `who`: a member or complainant of the stranger."""
        names = self._names(real)
        params = {"tenant": at, **{name: names.get(name, "") for name in self._params()}, **attempt.params}
        path = self.path.format(**{name: text.format(**names) for name, text in params.items()})
        query = attempt.query.format(**names)
        body = _filled(attack_table.body_for(self.scene, self.operation, attempt), names)
        headers = {"Idempotency-Key": key or str(uuid.uuid4())}
        if who != "nobody":
            headers["Authorization"] = self._credential(who, names)
        return self.scene.sight(self.method, path + (f"?{query}" if query else ""), body, headers)

    def _params(self) -> list[str]:
        return [name for name in _parameters(self.declared, "path") if name != "tenant"]

    def _names(self, real: bool) -> dict[str, str]:
        things = {name: thing.real if real else thing.absent for name, thing in self.scene.things.items()}
        cursor = self.cursor if real else "AAAA.BBBB"
        return {**things, **self.scene.mine, **attack_table.times(self.scene), "cursor": cursor, "act": "accept"}

    def _credential(self, who: str, names: Mapping[str, str]) -> str:
        stranger = self.scene.stranger
        if who == "their complainant":
            return f"Receipt {names['receipt']}"
        worker = next(role for role in stranger.tokens if role != "owner")
        return stranger.auth({"worker": worker}.get(who, who), self.scene.mine["my_number"])

    def _cursor(self) -> str:
        """A cursor that the victim got for this operation, or a cursor of the versions if there is no second page."""
        if "cursor" not in _parameters(self.declared, "query"):
            return "none"
        return self.own_cursor() or _cursor_of(self.scene, "/v1/t/{tenant}/policy/versions")

    def own_cursor(self) -> str:
        """Empty if the victim's list has one page."""
        return _cursor_of(self.scene, self.path)


def _cursor_of(scene: Scene, path: str) -> str:
    """Asked for once per list, because the tests undo what they write."""
    if path not in scene.cursors:
        scene.cursors[path] = _asked_for_cursor(scene, path)
    return scene.cursors[path]


def _asked_for_cursor(scene: Scene, path: str) -> str:
    names = {name: thing.real for name, thing in scene.things.items()}
    asked = path.format(tenant=scene.victim.id, id=names["backtest"], report="all", ledger="all", **names) + "?limit=1"
    for who in scene.victim.tokens:
        answer = scene.client.request("GET", asked, headers={"Authorization": scene.victim.auth(who)})
        if answer.status == 200 and answer.json["cursor"]:
            return str(answer.json["cursor"])
    return ""


def _parameters(operation: Mapping[str, Any], where: str) -> list[str]:
    return [each["name"] for each in operation.get("parameters", []) if each["in"] == where]


def _filled(body: Any, names: Mapping[str, str]) -> Any:
    if isinstance(body, str):
        return body.format(**names) if body.startswith("{") and body.partition("}")[0][1:] in names else body
    if isinstance(body, list):
        return [_filled(each, names) for each in body]
    return {name: _filled(each, names) for name, each in body.items()} if isinstance(body, dict) else body


class TestTableIsComplete:
    def test_every_operation_has_an_attempt_or_concerns_no_organisation(self) -> None:
        assert set(OPERATIONS) == set(ATTEMPTS) | set(kept(NO_TENANTS))
        assert {name for name, (_, path, _) in OPERATIONS.items() if "{tenant}" in path} == set(ATTEMPTS)

    @pytest.mark.parametrize("operation", ATTEMPTS)
    def test_the_attempts_use_every_parameter_of_an_operation(self, scene: Scene, operation: str) -> None:
        _, _, declared = OPERATIONS[operation]
        attempts = ATTEMPTS[operation]
        named = set(scene.things) | {"tenant", "act"}
        for attempt in attempts:
            assert set(_parameters(declared, "path")) <= named | set(attempt.params)
        asked = {pair.partition("=")[0] for attempt in attempts for pair in attempt.query.split("&")}
        assert set(_parameters(declared, "query")) - PLAIN_QUERY <= asked
        assert all(attempt.body is not None for attempt in attempts) == ("requestBody" in declared)

    def test_every_name_stands_for_an_item_of_the_victim(self, scene: Scene) -> None:
        assert set(NAMES) == set(scene.things) | {"cursor"}

    def test_cursors_belong_to_the_victim_and_to_the_same_list(self, scene: Scene) -> None:
        paged = {name for name in ATTEMPTS if "cursor" in _parameters(OPERATIONS[name][2], "query")}
        assert {name for name in paged if not Asker(scene, name).own_cursor()} == ONE_PAGE - left_out.NAMES

    def test_only_operations_open_to_everyone_are_expected_to_succeed(self) -> None:
        open_to_all = {name for name, (_, _, declared) in OPERATIONS.items() if {} in declared.get("security", [])}
        assert set(FOR_ANYBODY) == open_to_all & set(ATTEMPTS)


def names_the_victims(operation: str, place: int) -> bool:
    """True if the attempt names more of the victim than the tenant in the path."""
    attempt, params = ATTEMPTS[operation][place], _parameters(OPERATIONS[operation][2], "path")
    text = str({name: f"{{{name}}}" for name in params} | dict(attempt.params)) + attempt.query + str(attempt.body)
    return any(f"{{{name}}}" in text for name in NAMES)


@pytest.mark.parametrize("who", [*PEOPLE, "nobody"])
@pytest.mark.parametrize(("operation", "place"), TRIED)
def test_requests_to_the_victims_path_reveal_nothing(scene: Scene, operation: str, place: int, who: str) -> None:
    asker, attempt = Asker(scene, operation), ATTEMPTS[operation][place]
    real = asker.sight(attempt, scene.victim.id, who, real=True)
    absent = asker.sight(attempt, scene.victim.id, who, real=False)
    if operation in FOR_ANYBODY:
        assert real.status == absent.status
        return
    assert real == absent == asker.sight(attempt, scene.empty.id, who, real=True)
    assert real.status in REFUSALS, real


@pytest.mark.parametrize("who", PEOPLE)
@pytest.mark.parametrize(("operation", "place"), [each for each in TRIED if names_the_victims(*each)])
def test_the_victims_ids_do_not_exist_in_another_tenant(scene: Scene, operation: str, place: int, who: str) -> None:
    asker, attempt = Asker(scene, operation), ATTEMPTS[operation][place]
    real = asker.sight(attempt, scene.stranger.id, who, real=True)
    assert real == asker.sight(attempt, scene.stranger.id, who, real=False)


@pytest.mark.parametrize(("operation", "place"), TRIED)
def test_the_victims_receipt_is_invalid_in_another_tenant(scene: Scene, operation: str, place: int) -> None:
    asker, attempt = Asker(scene, operation), ATTEMPTS[operation][place]
    real = asker.sight(attempt, scene.stranger.id, "their complainant", real=True)
    assert real == asker.sight(attempt, scene.stranger.id, "their complainant", real=False)


WRITES = [
    name
    for name in ATTEMPTS
    if "Idempotency-Key" in _parameters(OPERATIONS[name][2], "header") and name not in NOT_AT_ONCE
]


@pytest.mark.parametrize("operation", WRITES)
@pytest.mark.parametrize("path_of", ["victim", "stranger"])
def test_an_idempotency_key_of_the_victim_reveals_nothing(scene: Scene, operation: str, path_of: str) -> None:
    method, path, _ = OPERATIONS[operation]
    asker, attempt = Asker(scene, operation), ATTEMPTS[operation][0]
    at = getattr(scene, path_of).id
    with scene.undone():
        key = used_key(scene, operation, path, method)
        sights = []
        for each in (key, str(uuid.uuid4())):
            with scene.undone():
                sights.append(asker.sight(attempt, at, "owner", real=True, key=each))
    used, fresh = sights
    assert used == fresh
    assert "Idempotency-Replayed" not in used.headers


def test_a_taken_id_reveals_nothing_about_its_owner(scene: Scene) -> None:
    def taken(tenant: str) -> Sight:
        body = {"id": tenant, "name": "示例", "email": "new@elsewhere.example", "preset": "platform"}
        return scene.sight("POST", "/v1/tenants", body, {"Idempotency-Key": str(uuid.uuid4())})

    assert taken(scene.victim.id) == taken(scene.empty.id)
    assert taken(scene.victim.id).status == 409


@pytest.mark.parametrize("who", [*PEOPLE, "nobody"])
@pytest.mark.parametrize("operation", ["list_notices", "get_notice", "get_notices_feed"])
def test_strangers_see_no_notice_for_users(scene: Scene, operation: str, who: str) -> None:
    asker = Asker(scene, operation)
    for attempt in ATTEMPTS[operation]:
        seen = asker.sight(attempt, scene.victim.id, who, real=True)
        assert seen.body == asker.sight(attempt, scene.empty.id, who, real=True).body
        assert "severity" not in seen.body
