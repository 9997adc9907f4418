"""The end of a program: faults stop, unanswered requests are repeated or not, and all pending work is done."""

from __future__ import annotations

from chalicelib.access import binding
from chalicelib.features.deadlines import batch, quarantine
from chalicelib.features.deadlines.redrive import redrive
from chalicelib.features.deadlines.sweep import sweep
from chalicelib.features.messages.relay import stream_reconciliation
from chalicelib.kit.instants import DAY, Instant, to_text
from tests.across.faults.exactly.kiosk import START, TENANT
from tests.across.faults.exactly.program import Program

_ROUNDS = 20


def end(program: Program) -> None:
    program.store.spoilt.clear()
    program.store.late = program.due.unfair = program.effects.unfair = 0.0
    _ask_again(program)
    if not program.tells:
        _settle(program)
        return
    while _day(program):
        pass
    if program.effects.lost:
        _ordered(program)


def _day(program: Program) -> bool:
    """Runs a daily reconciliation. Returns True if it led to new events, which it leaves to the next day."""
    program.clock.move_to(_tomorrow(program.clock.now))
    before = program.store.events()
    _settle(program)
    with binding.tenant(TENANT):
        stream_reconciliation.start_job(program.wiring.store, program.wiring.real_clock, TENANT, program.clock.now)
    _settle(program)
    return program.store.events() != before


def _ordered(program: Program) -> None:
    """Runs an operator's reconciliation, because the queue may have lost messages of an earlier one."""
    with binding.tenant(TENANT):
        stream_reconciliation.start_job(
            program.wiring.store, program.wiring.real_clock, TENANT, program.clock.now, ordered=program.clock.now
        )
    _settle(program)


def _tomorrow(now: Instant) -> Instant:
    """At nine o'clock, so that many programs end at the same time and share a run of the model."""
    return START + ((now - START) // DAY + 1) * DAY


def _ask_again(program: Program) -> None:
    for asking in program.asking:
        if not asking.told and not asking.refused and program.chance.random() < 0.5:
            program.send(asking)


def _settle(program: Program) -> None:
    """Runs sweeps, workers and redrives until nothing of the tenant is due."""
    for _ in range(_ROUNDS):
        sweep(program.wiring, program.clock())
        program.due.play(program.handle_due)
        if program.tells:
            program.effects.play(program.handle_effect)
        while program.due.dead:
            quarantine.quarantine_batch(program.wiring, batch.parse(program.due.dead.pop().body))
        found, _ = quarantine.list_quarantined(program.wiring.store, 100, None)
        for aggregate in dict.fromkeys(one.hit.aggregate for one in found):
            redrive(program.wiring, TENANT, aggregate)
        if not _waits(program):
            return
    raise AssertionError("something is due for ever")


def _waits(program: Program) -> bool:
    until = to_text(program.clock.now) + "$"
    return any(index.sk < until for key, index in program.store.scheduled.items() if key.pk[:2] == "T#")
