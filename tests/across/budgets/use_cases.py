"""The metered use cases: one complaint of `corporate-standard` from filing to archive."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any, cast

from msgspec.structs import force_setattr

from chalicelib.access import binding
from chalicelib.casework.authorization import Credential
from chalicelib.casework.due_days import Look, calendar_in_force
from chalicelib.casework.views import complaint_queries as complaint
from chalicelib.features.deadlines.wake_complaint import wake
from chalicelib.features.messages.deliver import deliver
from chalicelib.features.messages.relay.relay import RelayedEvent, relay
from chalicelib.features.similar import signing
from chalicelib.features.worklists import staff_queue
from chalicelib.kit.instants import HOUR, Instant
from chalicelib.kit.problem import Problem
from chalicelib.limits.daily_filings import DailyFilings
from chalicelib.limits.wrong_receipts import WrongReceipts
from chalicelib.store import keys
from chalicelib.store.keys import CaseRef
from chalicelib.store.port import Store
from chalicelib.workers import entries, reactions
from chalicelib.workers.reactions import load_event
from tests.across.budgets.metered import Metered
from tests.across.faults.office import Office, opened
from tests.helpers.fakes.sealer import FakeKms, real_sealer

PAGE = 50
"""Rows per page of the staff's queue."""
ACTS: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("agent", "classify", {"severity": "major", "sign": "media"}),
    ("agent", "accept", {"agent_team": "一班", "agent_number": "1007"}),
    ("team_lead", "confirm", {}),
    ("team_lead", "forward", {"to": "business_unit"}),
    ("business_unit", "assign", {"responsible": ["business_unit"]}),
    ("business_unit", "inspect", {"findings": "已与客户及经办人核对，情况属实。", "truthful": True}),
    ("business_unit", "decide", {"solution": "已致歉并按承诺办理退换。", "outcome": "resolved"}),
    ("agent", "close", {"summary": "客户已知悉处理结果。"}),
    ("agent", "archive", {}),
)
"""The acts in order. Each starts from the result of the previous one."""


@dataclass(frozen=True)
class Units:
    read: float
    written: int
    by_partition: dict[str, int]
    reads: dict[str, float]
    """By kind of item (`Metered.reads`)."""
    writes: dict[str, int]


def measured() -> dict[str, Units]:
    """The units of each use case, with sealed values as on AWS and a cached policy."""
    office = opened()
    force_setattr(office.wiring, "sealer", real_sealer(office.store, FakeKms()))
    office.file(office.request("file"))
    return {**_life(office), **_by_time(office), **_looks(office)}


def metered(office: Office, do: Callable[[], object]) -> Units:
    """The units of `do`, including the counters that the wiring keeps in the store."""
    meter, wiring = Metered(office.store), office.wiring
    filings = DailyFilings(cast(Store, meter), wiring.real_clock)
    wrong = WrongReceipts(cast(Store, meter), wiring.secrets, wiring.real_clock)
    with ExitStack() as stack:
        for name, seen in (("store", meter), ("filings", filings), ("wrong_receipts", wrong)):
            stack.callback(force_setattr, wiring, name, getattr(wiring, name))
            force_setattr(wiring, name, seen)
        do()
    return Units(meter.read, meter.written, dict(meter.by_partition), dict(meter.reads), dict(meter.writes))


def _life(office: Office) -> dict[str, Units]:
    filed: list[str] = []
    request = office.request("first")
    file = lambda: office.file(office.request("f"), place="here")  # noqa: E731
    found = {"a filing": metered(office, lambda: filed.append(str(file().body["number"])))}
    for who, name, fields in ACTS:
        given = {
            key: [office.organisation.subs[w] for w in v] if key == "responsible" else v for key, v in fields.items()
        }
        asked = request if name == "accept" else office.request(name)
        act = lambda who=who, name=name, asked=asked, given=given: office.act(filed[0], who, name, asked, **given)  # noqa: E731
        if name == "close":  # the customer has answered
            office.say(filed[0], "agent", "agree")
        if name == "accept":
            found["a refused act"] = metered(office, lambda: _refused(office, filed[0]))
        found[f"the act {name}"] = metered(office, act)
        if name == "accept":
            found["a repeated request"] = metered(office, act)
    return found


def _refused(office: Office, number: str) -> None:
    try:
        office.act(number, "agent", "archive", office.request("x"))
    except Problem as problem:
        if problem.kind == "act-not-open":
            return
    raise AssertionError("it is refused")


def _by_time(office: Office) -> dict[str, Units]:
    """The use cases of the sweep's worker and of the delivery of effects."""
    number = str(office.file(office.request("file")).body["number"])
    start = office.world.now()
    found = {}
    for name, hours in (("a warning", 23), ("a miss", 24), ("a further miss", 48)):
        found[name] = metered(office, lambda at=start + hours * HOUR: _handle_due(office, number, at))  # type: ignore[misc]
    told = [each["seq"] for each in office.record(number) if each["type"] == "notified"]
    key = keys.event(keys.complaint(office.id, number), told[0])
    found["an event relayed"] = metered(office, lambda: relay(office.wiring.effects, [key]))
    silent = next(each["seq"] for each in office.record(number) if each["type"] == "warned")
    found["an event without effects"] = metered(
        office, lambda: reactions.run_reactions(office.wiring, RelayedEvent(office.id, number, silent))
    )
    for name, seq in (("the complainant's message", told[0]), ("a message to staff with its mail", told[-1])):
        relayed = RelayedEvent(office.id, number, seq)
        found[name] = metered(office, lambda relayed=relayed: _deliver(office, relayed))  # type: ignore[misc]
    found["a filing noted for similar complaints"] = metered(office, lambda: _noted(office, number))
    found["a sweep with nothing due"] = metered(office, lambda: entries.sweep(office.wiring))
    return found


def _handle_due(office: Office, number: str, at: Instant) -> None:
    with binding.tenant(office.id):
        assert wake(office.wiring, CaseRef(office.id, number), at)


def _noted(office: Office, number: str) -> None:
    committed = load_event(office.wiring.store, office.wiring.compiled, RelayedEvent(office.id, number, 1))
    assert committed is not None
    with binding.tenant(office.id):
        assert signing.note(office.wiring, committed, office.world.now())


def _deliver(office: Office, relayed: RelayedEvent) -> None:
    committed = load_event(office.wiring.store, office.wiring.compiled, relayed)
    assert committed is not None
    with binding.tenant(office.id):
        assert deliver(office.wiring, committed, office.world.now()) == 1


def _looks(office: Office) -> dict[str, Units]:
    answer = office.file(office.request("file")).body
    for _ in range(PAGE):
        office.file(office.request("file"))
    number, receipt = str(answer["number"]), str(answer["receipt"])
    agent = office.organisation.subs["agent"]

    def seen(credential: Credential) -> object:
        asked = complaint.ComplaintRequest(
            tenant=office.id, number=number, credential=credential, now=office.world.now(), route="GET"
        )
        with binding.tenant(office.id):
            return complaint.complaint(office.wiring, asked)

    def page() -> object:
        with binding.tenant(office.id):
            wanted, now = staff_queue.QueueFilter(shelf="open", limit=PAGE), office.world.now()
            return staff_queue.queue(
                office.wiring.store,
                office.id,
                Look(agent, now, calendar_in_force(office.wiring, office.id, now)),
                wanted,
                None,
            )

    return {
        f"a page of the staff's queue ({PAGE} rows)": metered(office, page),
        "a member's view": metered(office, lambda: seen(Credential(sub=agent))),
        "the complainant's view": metered(office, lambda: seen(Credential(receipt=receipt))),
    }
