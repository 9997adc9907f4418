"""Filings of the stories, and a back-test of them over the API."""

from __future__ import annotations

from typing import Any

from chalicelib.complaints.filing import Filing
from chalicelib.kit.instants import DAY, HOUR, MINUTE, Instant, from_text, to_text
from tests.backtests.live import Office, Teller

FROM = from_text("2026-11-23T09:00:00+08:00")
Policy = dict[str, Any]


def instants(teller: Teller, each: int) -> list[Instant]:
    return sorted(FROM + teller._random.randrange(30 * DAY) // MINUTE * MINUTE for _ in range(each))


def filing(teller: Teller, policy: Policy, at: Instant) -> Filing:
    draw = teller._random
    facts = dict(policy["sample"]["facts"])
    for key, fact in policy["intake"]["facts"].items():
        if isinstance(fact, dict) and fact.get("kind") == "time":
            past = fact.get("tense") == "past"
            facts[key] = to_text(at - draw.randrange(60) * HOUR if past else at + draw.randint(1, 200) * HOUR)
    if draw.random() < 0.5 and "content" in facts:
        facts["content"] = "电梯又坏了。"
    classes = list(policy.get("severity", {}).get("classes", {}))
    dimensions = {name: draw.choice(list(of_it)) for name, of_it in policy["intake"].get("categories", {}).items()}
    channel = draw.choice(list(policy["intake"]["channels"]))
    severity = draw.choice([*classes, None]) if classes else None
    return Filing(channel, facts | asked_of_class(policy, severity), severity, dimensions)


def asked_of_class(policy: Policy, severity: str | None) -> dict[str, str]:
    """The facts that a filing of this severity class must give: the first choice of each."""
    asked = {key: fact for key, fact in policy["intake"]["facts"].items() if isinstance(fact, dict)}
    return {
        key: next(iter(fact["choices"]))
        for key, fact in asked.items()
        if isinstance(fact.get("required"), dict) and severity in fact["required"]["when"].get("severity", ())
    }


def backtested(office: Office, draft: Policy) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Run a back-test and return its result and all its lines."""
    auth, path = office.organisation.auth("owner"), f"{office.organisation.path}/policy/backtest"
    body = {"policy": draft, "from": "2026-11-01T00:00:00Z", "to": "2027-12-01T00:00:00Z"}
    started = office.world.call("POST", path, body, auth=auth)
    assert started.status == 202, started.text
    done = office.world.call("GET", f"{path}/{started.json['id']}", auth=auth).json
    assert done["state"] == "done"
    lines: list[dict[str, Any]] = []
    cursor = ""
    while cursor is not None:
        query = f"?cursor={cursor}" if cursor else ""
        page = office.world.call("GET", f"{path}/{started.json['id']}/lines{query}", auth=auth).json
        lines.extend(page["lines"])
        cursor = page["cursor"]
    return done["result"], lines
