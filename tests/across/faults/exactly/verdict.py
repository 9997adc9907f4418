"""Checks that a program has exactly the result of the model."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import msgspec

from chalicelib.complaints.envelope import Event
from chalicelib.kit.instants import Instant, from_text
from chalicelib.store.port import Put, Update
from tests.across.faults.exactly import facts, model
from tests.across.faults.exactly.commands import Asked
from tests.across.faults.exactly.kiosk import TENANT
from tests.across.faults.exactly.model import Step
from tests.across.faults.exactly.program import Program
from tests.across.faults.exactly.stores import Written


def judge(program: Program) -> None:
    """Raises AssertionError if a complaint differs from the model's, or a response is wrong."""
    steps = committed(program)
    result = facts.of_all(program.store.everything(), program.mailer.keys if program.tells else None)
    assert sorted(result) == sorted({*program.base, *steps}), "a complaint without a filing, or a missing complaint"
    for number, found in result.items():
        expected = model.run(number, steps.get(number, []), program.clock.now, tells=program.tells)
        for name, what in found.items():
            assert expected[name] == what, f"{number}: {name} differs from the model"


def committed(program: Program) -> dict[str, list[Step]]:
    """The acts of each complaint in the order of their commits."""
    by_record = {one.asked.request.record_key: one for one in program.asking}
    times: defaultdict[str, int] = defaultdict(int)
    steps: defaultdict[str, list[Step]] = defaultdict(list)
    published: tuple[int, Instant] | None = None
    for place, written in enumerate(program.store.log):
        asking = next((by_record[key] for key in _keys(written) if key in by_record), None)
        events = _events(written)
        if asking is None:
            assert all(event.actor["kind"] == "system" for _, event in events), "a person's act without a request"
            continue
        times[asking.asked.key] += 1
        if asking.asked.kind == "publish":
            published = published or (place, _published_at(written))
            continue
        number, last = events[-1]
        knew = published is not None and published[0] < written.knew and asking.asked.kind != "act"
        steps[number].append(Step(asking.asked, from_text(last.at), published[1] if published and knew else None))
    for one in program.asking:
        _check_responses(one.asked, one.told, one.refused, one.sent, times[one.asked.key])
    return steps


def _check_responses(asked: Asked, told: list[dict[str, Any]], refused: list[str], sent: int, times: int) -> None:
    """`times`: how often the request was committed, `sent`: how often it was sent."""
    assert times <= 1, f"{asked.key} was done {times} times"
    if any(body.get("switched", True) for body in told):
        assert times == 1, f"{asked.key} got a response and was not done"
    if refused and sent == 1:
        assert times == 0, f"{asked.key} was refused and done"


def _keys(written: Written) -> list[Any]:
    return [write.entry.key for write in written.writes if isinstance(write, Put | Update)]


def _published_at(written: Written) -> Instant:
    puts = [write.entry for write in written.writes if isinstance(write, Put)]
    return from_text(next(msgspec.json.decode(entry.body)["at"] for entry in puts if entry.key.sk[:2] == "E#"))


def _events(written: Written) -> list[tuple[str, Event]]:
    prefix = f"T#{TENANT}#C#"
    return [
        (write.entry.key.pk.removeprefix(prefix), msgspec.json.decode(write.entry.body, type=Event))
        for write in written.writes
        if isinstance(write, Put) and write.entry.kind == "event" and write.entry.key.pk.startswith(prefix)
    ]
