"""Dry runs of every act of the stories: nothing changes, and the act then does what the dry run said."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any, NamedTuple

import pytest

from chalicelib.complaints.runs import Run, from_json
from chalicelib.kit.instants import to_text
from tests.across.recorded import files
from tests.across.recorded.acting import NextAct, acts_of
from tests.helpers.fakes.client import Answer
from tests.helpers.fakes.wiring import Fakes

OF_EACH = pytest.mark.parametrize("name", files.stories())


class Compared(NamedTuple):
    """An act of a story. `forms`: of the person before it. `stored`: before and after the dry run."""

    act: NextAct
    forms: list[Mapping[str, Any]]
    stored: tuple[bytes, bytes]
    dry: Answer
    done: Answer
    before: Mapping[str, Any]
    events: list[Mapping[str, Any]]
    """Of the record, which the act has added. Reactions add others."""
    runs: dict[str, Run]
    """The open runs before the act."""


@cache
def compared(story: str) -> list[Compared]:
    return [_compared(act) for act in acts_of(story)]


def _compared(act: NextAct) -> Compared:
    organisation, fakes = act.made.organisation, act.made.world.fakes
    before, record = organisation.complaint(act.number, "owner"), organisation.events(act.number)
    forms = act.made.ask(act.caller, "GET", f"/complaints/{act.number}/acts").json["acts"]
    stored = _stored(fakes)
    dry = act.ask("?dry_run=true")
    after = _stored(fakes)
    done = act.ask()
    assert done.status == 200, done.text
    recorded = {event["id"] for event in done.json["events"]}
    events = [event for event in organisation.events(act.number) if event["id"] in recorded]
    return Compared(act, forms, (stored, after), dry, done, before, events, _runs(record))


def _stored(fakes: Fakes) -> bytes:
    """The table, the bucket, the mails and the queues."""
    entries = [repr(entry) for _, entry in sorted(vars(fakes.store)["_entries"].items())]
    queues = [vars(queue) for queue in (fakes.effects, fakes.hooks, fakes.due)]
    stream = len(fakes.store.stream)
    return repr((entries, fakes.objects.stored, fakes.mailer.outbox, queues, stream)).encode()


def _runs(record: list[Mapping[str, Any]]) -> dict[str, Run]:
    found: dict[str, Run] = {}
    for event in record:
        found.update({run.key: run for run in map(from_json, event["result"].get("clocks", []))})
    return found


@pytest.mark.slow
@OF_EACH
def test_a_dry_run_changes_nothing(name: str) -> None:
    for one in compared(name):
        before, after = one.stored
        assert before == after, (one.act.name, one.act.number)


@OF_EACH
def test_the_act_records_the_events_of_its_dry_run(name: str) -> None:
    for one in compared(name):
        would = one.dry.json["would"]
        assert [event["type"] for event in [*would["due"], *would["events"]]] == [event["type"] for event in one.events]
        assert [event["type"] for event in would["events"] if not event["label"]["zh"]] == []


@OF_EACH
def test_the_act_leads_to_the_stage_of_its_dry_run(name: str) -> None:
    for one in compared(name):
        would, done = one.dry.json["would"], one.done.json
        assert would["stage"]["from"]["stage"] == one.before["stage"]
        unnamed = {"zh": done["stage"], "en": done["stage"]}
        assert would["stage"]["to"] == {"stage": done["stage"], "label": done["stage_name"] or unnamed}
        assert (would["tier"], would["severity"]) == (done["tier"], done["severity"])
        assert one.dry.json["version"] == one.before["version"]


@OF_EACH
def test_the_act_tells_those_of_its_dry_run(name: str) -> None:
    for one in compared(name):
        told = [
            (to, event["fields"]["wording"])
            for event in one.events
            if event["type"] == "notified"
            for to in event["fields"].get("to", [])
        ]
        tells = [(_recipient(tell), tell["wording"]) for tell in one.dry.json["would"]["tells"]]
        if one.act.who != "complainant":
            assert tells == told
        else:
            assert tells == [("@staff" if to.startswith("@") else to, wording) for to, wording in told]


@OF_EACH
def test_the_form_names_the_approval_of_the_dry_run(name: str) -> None:
    for one in compared(name):
        form = next(form for form in one.forms if form["act"] == one.act.name and "on_behalf_of" not in form)
        listed, needed = form.get("approvals", []), one.dry.json["would"].get("approval")
        unconditional = [approval["by"] for approval in listed if "when" not in approval]
        if needed is None:
            assert unconditional == [], one.act.name
        else:
            assert needed["by"] in [approval["by"] for approval in listed]


@OF_EACH
def test_each_role_that_is_told_has_a_name(name: str) -> None:
    for one in compared(name):
        for tell in one.dry.json["would"]["tells"]:
            assert ("person" in tell) != ("role" in tell)
            assert "role" not in tell or tell["label"]["zh"] != tell["role"], tell
            assert "" not in tell["subject"].values()


def _recipient(tell: Mapping[str, Any]) -> str:
    return f"@{tell['person']}" if "person" in tell else tell["role"]


@OF_EACH
def test_the_act_moves_the_deadlines_of_its_dry_run(name: str) -> None:
    for one in compared(name):
        would = one.dry.json["would"]
        after = {**one.runs, **_runs(one.events)}
        started = {key: run for key, run in after.items() if key not in one.runs and run.open}
        stopped = {key: run for key, run in after.items() if key in one.runs and one.runs[key].open and not run.open}
        moved = {
            key: run for key, run in after.items() if key in one.runs and run.open and run.due != one.runs[key].due
        }
        assert {_key(run): run["due"] for run in would["starts"]} == {key: _due(run) for key, run in started.items()}
        assert {_key(run): run["state"] for run in would["stops"]} == {key: run.state for key, run in stopped.items()}
        assert {_key(run): (run["from"], run["to"]) for run in would["moves"]} == {
            key: (_due(one.runs[key]), _due(run)) for key, run in moved.items()
        }


def _key(run: Mapping[str, Any]) -> str:
    return f"{run['clock']}/{run['run']}"


def _due(run: Run) -> str | None:
    return None if run.due is None else to_text(run.due)


@pytest.mark.slow
def test_the_stories_have_an_act_of_each_kind_of_consequence() -> None:
    """Otherwise these tests would show little."""
    all_of_them = [one.dry.json["would"] for name in files.stories() for one in compared(name)]

    assert len(all_of_them) > 100
    for key in ("tells", "starts", "stops", "moves", "closes", "approval", "files", "points", "notices"):
        assert any(would.get(key) for would in all_of_them), key
    ways = {way for would in all_of_them for tell in would["tells"] for way in tell["ways"]}
    assert ways == {"in_app", "email"}
