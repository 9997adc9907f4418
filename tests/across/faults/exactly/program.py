"""One program of the search: four workers, their random actions, and random faults."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, Protocol

import msgspec

from chalicelib.features.deadlines import batch, quarantine
from chalicelib.features.deadlines.redrive import redrive
from chalicelib.features.deadlines.sweep import sweep
from chalicelib.features.messages import attempt
from chalicelib.features.messages.attempt import Attempt
from chalicelib.features.messages.relay.relay import RelayedEvent
from chalicelib.jobs.driver import JobStep
from chalicelib.kit.instants import HOUR, MINUTE
from chalicelib.kit.problem import Problem
from chalicelib.ports import QueueMessage
from chalicelib.store import keys
from chalicelib.store.port import Unavailable
from chalicelib.workers import entries, reactions
from chalicelib.workers.work_batch import process_batch
from infra.memory_store.stream_records import StreamRecord
from tests.across.faults.exactly.baton import Baton
from tests.across.faults.exactly.commands import Asked, perform
from tests.across.faults.exactly.kiosk import BASE, START, TENANT, new_wiring, opened
from tests.across.faults.exactly.queues import SearchedQueue
from tests.across.faults.exactly.stores import Spoilt
from tests.helpers.fakes.clock import MovableClock
from tests.helpers.fakes.faults import Crash
from tests.helpers.fakes.mailer import FakeMailer

WORKERS = 4
BY_DAY = 125
"""Seeds below are searched by day. Effects are compared in one program of eighteen by day, and of nine at night: they
take four times as long."""
LONG = 1_000_000
"""Seeds from this number on make programs of four times the length."""
STEPS = (20 * MINUTE, 20 * MINUTE, 40 * MINUTE, HOUR, 2 * HOUR)
PACES = (0.0, 0.03, 0.1, 0.25)
"""The probability that a call fails, by program."""
_FAILS = (Unavailable, Crash, Spoilt)


class Copies(Protocol):
    """Makes a separate store for each program."""

    def copy(self, without: Sequence[str] = (), *, hourly: bool = True) -> Any: ...


@dataclass
class Asking:
    """A request, how often it was sent, and its responses."""

    asked: Asked
    sent: int = 0
    told: list[dict[str, Any]] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)


class Program:
    """`tells`: effects are delivered in the end and compared too."""

    def __init__(self, seed: int, store: Copies | None = None, queue: type[SearchedQueue] = SearchedQueue) -> None:
        self.chance = random.Random(seed)
        self.baton = Baton(self.chance, PACES[seed % len(PACES)])
        unfair = self.baton.pace / 2
        self.base = BASE if seed % 3 == 0 else BASE[:1]
        self.tells = seed % (18 if seed < BY_DAY else 9) == 0
        left_out = [keys.complaint(TENANT, one) for one in BASE if one not in self.base]
        self.store = (store or opened().store).copy(left_out, hourly=seed % 4 == 1)
        self.store.listen(self.baton, 2 * unfair)
        self.clock = MovableClock(START)
        self.due = queue("due", self.baton, unfair)
        self.effects = SearchedQueue("effects", self.baton, unfair)
        self.mailer = FakeMailer()
        self.wiring = new_wiring(self.store, self.clock, due=self.due, effects=self.effects, mailer=self.mailer)
        self.asking: list[Asking] = []
        self.stream: list[StreamRecord] = []
        self._streamed = 0
        self._left = (5 + int(self.chance.random() * 8)) * (4 if seed >= LONG else 1)
        does = _DOES
        if seed % 5 == 2:
            does = _GIVEN_UP
            self._all_given_up()
        self._weights = [weight for weight, _ in does]
        self._does = [one for _, one in does]

    def _all_given_up(self) -> None:
        """Starts two hours later: hits were enqueued and have already failed."""
        self.clock.advance(2 * HOUR)
        sweep(self.wiring, self.clock())
        self.due.dead.extend(held.message for held in self.due.waiting)

    def play(self) -> None:
        self.baton.play([self._work] * WORKERS)

    def _work(self) -> None:
        """A worker's actions. After a failure or crash, it starts with the next action."""
        while self._left > 0:
            self._left -= 1
            does = self.chance.choices(self._does, self._weights)[0]
            try:
                does(self)
            except _FAILS:
                continue

    def numbers(self) -> list[str]:
        first = int(BASE[-1].partition("-")[2]) + 1
        return [*self.base, *(f"202611-{number:06d}" for number in range(first, first + self._filed()))]

    def any(self) -> str:
        """Mostly the first complaint, so that concurrent actions meet."""
        return BASE[0] if self.chance.random() < 0.7 else str(self.pick(self.numbers()))

    def _filed(self) -> int:
        return sum(1 for one in self.asking if one.asked.kind == "file")

    def ask(self, kind: str, **what: Any) -> None:
        asking = Asking(Asked(key=f"{kind}-{sum(one.asked.kind == kind for one in self.asking)}", kind=kind, **what))
        self.asking.append(asking)
        self.send(asking)

    def send(self, asking: Asking) -> None:
        asking.sent += 1
        try:
            asking.told.append(perform(self.wiring, asking.asked, self.clock()).body)
        except Problem as problem:
            asking.refused.append(problem.kind)

    def pick(self, those: Any) -> Any:
        return those[int(self.chance.random() * len(those))]

    def handle_due(self, message: QueueMessage) -> None:
        process_batch(self.wiring, batch.parse(message.body), self.clock(), entries.JOBS)

    def handle_effect(self, message: QueueMessage) -> None:
        found = msgspec.json.decode(message.body, type=RelayedEvent | JobStep | Attempt)
        if isinstance(found, RelayedEvent):
            reactions.run_reactions(self.wiring, found)
        elif isinstance(found, Attempt):
            attempt.run(self.wiring, found, self.clock())

    def relay(self, records: list[StreamRecord]) -> list[StreamRecord]:
        """The messages that must be delivered again."""
        answer = entries.relay(self.wiring.effects, {"Records": [record.to_lambda() for record in records]}, None)
        failed = [failure["itemIdentifier"] for failure in answer["batchItemFailures"]]
        numbers = [record.to_lambda()["dynamodb"]["SequenceNumber"] for record in records]
        return records[numbers.index(failed[0]) :] if failed else []

    def inserts(self) -> list[StreamRecord]:
        """The records that the stream has not delivered yet."""
        new, self._streamed = self.store.stream_after(self._streamed), len(self.store.stream)
        return [one for one in new if one.event_name == "INSERT" and one.key.sk[:2] == "E#" and "#C#" in one.key.pk]


def _act(program: Program) -> None:
    """Mostly an act that is open now. Another worker may be faster."""
    number = program.any()
    stage = program.store.stage(number) if program.chance.random() < 0.9 else ""
    who, name, fields = program.pick(_ACTS.get(stage) or _ACTS["registered"])
    program.ask("act", number=number, who=who, act=name, fields=fields)


def _file(program: Program) -> None:
    program.ask("file", fields={"severity": program.pick(("general", "major"))})


def _switch(program: Program) -> None:
    program.ask("switch", number=program.any(), who="owner")


def _publish(program: Program) -> None:
    """Only once: the model knows one further version."""
    if all(one.asked.kind != "publish" for one in program.asking):
        program.ask("publish", who="owner")


def _repeat(program: Program) -> None:
    """The sender got no response, or does not wait for it."""
    if program.asking:
        program.send(program.pick(program.asking))


def _step(program: Program) -> None:
    program.clock.advance(program.pick(STEPS))


def _sweep(program: Program) -> None:
    sweep(program.wiring, program.clock())


def _due(program: Program) -> None:
    program.due.deliver(program.handle_due)


def _effects(program: Program) -> None:
    program.effects.deliver(program.handle_effect)


def _relay(program: Program) -> None:
    """A batch of the stream: some records are lost, some delivered twice, some late."""
    unfair = program.due.unfair
    waiting, program.stream = [*program.stream, *program.inserts()], []
    drawn = [(one, program.chance.random()) for one in waiting]
    sent = [one for one, luck in drawn if luck >= unfair] + [one for one, luck in drawn if luck >= 1 - unfair]
    if program.chance.random() < unfair:
        program.chance.shuffle(sent)
    program.stream.extend(program.relay(sent))


def _park(program: Program) -> None:
    if program.due.dead:
        message = program.due.dead.pop()
        try:
            quarantine.quarantine_batch(program.wiring, batch.parse(message.body))
        except BaseException:
            program.due.dead.append(message)
            raise


def _give_up(program: Program) -> None:
    """Moves a message to the dead-letter queue, as after many tries. Another copy may still be delivered."""
    waiting = program.due.waiting
    if waiting and program.baton.pace:
        program.due.dead.append(waiting[int(program.chance.random() * len(waiting))].message)


def _redrive(program: Program) -> None:
    found, _ = quarantine.list_quarantined(program.wiring.store, 10, None)
    if found:
        with suppress(Problem):  # another worker was faster
            redrive(program.wiring, TENANT, program.pick(found).hit.aggregate)


def _spoil(program: Program) -> None:
    """Makes a complaint unreadable for a while."""
    if program.baton.pace:
        spoilt = program.store.spoilt
        spoilt.symmetric_difference_update({keys.complaint(TENANT, program.any())})


_CLASSIFY = (("clerk", "classify", {"severity": "major"}), ("lead", "classify", {"severity": "general"}))
_PARK = ("clerk", "park", {})
_TASK = ("clerk", "do_task", {"task": "stay_in_touch"})
_ACTS: Mapping[str, tuple[tuple[str, str, dict[str, str]], ...]] = {
    "registered": (("clerk", "accept", {}), ("clerk", "accept", {}), *_CLASSIFY, _PARK, _TASK),
    "accepted": (("clerk", "decide", {"outcome": "upheld"}), *_CLASSIFY, _PARK, _TASK),
    "parked": (("clerk", "resume", {}), _TASK),
    "decided": (("lead", "reopen", {}), ("lead", "reopen", {}), ("clerk", "close", {}), _TASK),
}
_DOES: tuple[tuple[float, Callable[[Program], None]], ...] = (
    (26, _act),
    (4, _file),
    (5, _switch),
    (1, _publish),
    (7, _repeat),
    (16, _step),
    (14, _sweep),
    (20, _due),
    (4, _relay),
    (4, _effects),
    (5, _park),
    (3, _redrive),
    (3, _spoil),
    (2, _give_up),
)
_GIVEN_UP = ((20, _act), (14, _step), (8, _sweep), (16, _due), (14, _give_up), (22, _park), (14, _redrive))
