"""A program that plays the shop with an act under a name that no row has, and writes what is answered into a file.

The sets of acts and events follow from the rows when their module is loaded, so the row has its name before that.
"""

from __future__ import annotations

import importlib.util
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.across.made_up.asking import Told

LIKE, LIKE_EVENT = "inspect", "inspected"
NEW, NEW_EVENT = "inspec0", "inspec0ed"
VOCABULARY = "chalicelib.policy.language.vocabulary"


def add_row() -> None:
    """Adds the usual row under the new names. So are the texts of messages, which are by event."""
    spec = importlib.util.find_spec(VOCABULARY)
    assert spec is not None
    assert spec.origin is not None
    assert VOCABULARY not in sys.modules
    rows = Path(spec.origin).read_text("utf-8")
    [usual] = [line for line in rows.splitlines() if line.startswith(f'    "{LIKE}": ActTerm("{LIKE_EVENT}"')]
    new = usual.replace(LIKE, NEW)
    module = sys.modules[VOCABULARY] = importlib.util.module_from_spec(spec)
    exec(compile(rows.replace(usual, f"{usual}\n{new}"), spec.origin, "exec"), module.__dict__)

    from chalicelib.policy.language.wording.default_wording import default_wording

    default_wording()[NEW_EVENT] = default_wording()[LIKE_EVENT]


def policy_with(act: str, event: str) -> dict[str, Any]:
    """The act stands in a stage and is told, its event in a clock, a task, a form and a notice."""
    from tests.across.made_up.rows import VALUES, row_like
    from tests.across.made_up.shop import policy_of

    policy = policy_of("choice", row_like("choice"), VALUES["choice"])
    stages = policy["stages"]
    does = {"by": "agent", "takes": ["found"], "tells": "complainant"}
    clock = {"name": {"en": "Result"}, "from": event, "until": "decided", "within": "5 working days"}
    lines = [*policy["forms"]["note"]["sections"][0]["lines"], "events", f"event.{event}"]
    report = {"name": {"en": "Report"}, "for": "agent", "on": event, "within": "2 working days"}
    return {
        **policy,
        "stages": {**stages, "registered": {**stages["registered"], act: does}},
        "clocks": {**policy["clocks"], "result": clock},
        "tasks": {"report": report},
        "forms": {"note": {"en": "Note", "sections": [{"lines": lines}]}},
    }


def told_with(act: str, event: str) -> list[Told]:
    """What is answered once the act was done, also about a webhook for its event."""
    from tests.across.made_up.asking import answers, played_in
    from tests.across.made_up.rows import VALUES
    from tests.clauses.organisation import sign_up_with
    from tests.clauses.world import InProcess

    shop = sign_up_with(InProcess("2026-11-27T09:00:00+00:00"), json.dumps(policy_with(act, event)))
    hook = {"url": "https://shop.example/hook", "events": [event]}
    added = shop.world.call("POST", f"{shop.path}/webhooks", hook, auth=shop.auth("owner"))
    assert added.status == 201, added.text
    found = played_in(shop, VALUES["choice"])
    shop.act(found.second, "agent", act, found="large")
    return list(answers(found))


if __name__ == "__main__":
    add_row()
    Path(sys.argv[1]).write_text(json.dumps(told_with(NEW, NEW_EVENT)), "utf-8")
