"""Each preset and the example of a policy, published as version 1: the items, and what the API shows of them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.clauses.organisation import first_sign_in
from tests.compatibility import dump
from tests.compatibility.answers import Reader
from tests.compatibility.world import FixedWorld, seeded

PRESETS = (
    *("auto-repair", "auto-repair-forms", "corporate-standard", "customer-service", "food-drug-administration"),
    *("government-service-centre", "platform", "property-management", "telecom-regulator"),
)
SHOWN = ("/policy", "/policy/versions", "/policy/versions/1")


def published() -> list[str]:
    """A line for each: the digest of its canonical document, the items at its sign-up and the answers."""
    items = list[str]()
    with seeded("policies"):
        world = FixedWorld()
        asked = {name: {"preset": name} for name in PRESETS} | {"uk-financial": _example()}
        for name, body in asked.items():
            person = {"id": name, "name": "示例机构", "email": f"owner@{name}.example"}
            assert world.call("POST", "/v1/tenants", {**person, **body}).status == 201, name
            token = first_sign_in(world, f"owner@{name}.example")
            items += [item for item in dump.items(world.fakes) if _is_of(name, json.loads(item))]
            assert world.call("GET", f"/v1/t/{name}", auth=f"Bearer {token}").status == 200, name
    reader = Reader(world.now(), items, [])
    return [dump.text(_line(name, items, reader)) for name in asked]


def read_again(lines: list[str]) -> Iterator[tuple[Any, Any]]:
    """What was answered, and what is answered by a deployment that has the old items."""
    old = [json.loads(line) for line in lines]
    reader = Reader(0, [dump.text(item) for one in old for item in one["items"]], [])
    for one in old:
        for answer in one["answers"]:
            yield answer, reader.answer(answer["request"])


def _example() -> dict[str, str]:
    """`docs/examples/uk-financial.yaml` as it was when the fixtures were written."""
    return {"policy": (Path(__file__).parent / "data" / "uk-financial.yaml").read_text("utf-8"), "language": "en"}


def _line(name: str, items: list[str], reader: Reader) -> dict[str, Any]:
    own = [item for item in map(json.loads, items) if _is_of(name, item)]
    [document] = [item["body"]["S"] for item in own if item["sk"]["S"] == "POL#1"]
    [sub] = [item["sk"]["S"].removeprefix("M#") for item in own if item["sk"]["S"].startswith("M#")]
    answers = [reader.answer({"path": f"/v1/t/{name}{path}", "sub": sub}) for path in SHOWN]
    public = reader.answer({"path": f"/v1/presets/{name}"})
    digest = hashlib.sha256(document.encode()).hexdigest()
    return {"name": name, "sha256": digest, "items": own, "answers": [*answers, public]}


def _is_of(name: str, item: dict[str, Any]) -> bool:
    """The organisation's own, with what lets its owner in."""
    return bool(item["pk"]["S"] in (f"T#{name}#ORG", f"DIR#{name}"))
