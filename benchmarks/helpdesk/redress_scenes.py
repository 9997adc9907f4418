"""The scenes in Redress, on the memory store, with its sweep, workers, messages and mails."""

from __future__ import annotations

from collections import Counter
from threading import Barrier, Thread
from typing import Any

from msgspec.structs import replace

from benchmarks.engines import dataset
from chalicelib.access import binding
from chalicelib.features.deadlines.wake_complaint import wake
from chalicelib.kit.instants import HOUR, Instant, from_text, to_text
from chalicelib.policy.worktime import Calendar, due_time, parse_limit
from chalicelib.store import keys
from chalicelib.store.keys import CaseRef
from chalicelib.workers.entries import JOBS
from infra.memory_store.store import MemoryStore
from tests.across.budgets.use_cases import ACTS
from tests.across.faults.office import Office, once_before, opened
from tests.helpers.fakes.deadlines import sweep_and_work
from tests.helpers.fakes.queue import FakeQueue


def two_runs_at_once(count: int) -> dict[int, int]:
    """Run two sweeps at once, with a worker each. Return how many complaints have how many recorded misses."""
    store, found, together = MemoryStore(), dataset.make_dataset(), Barrier(2)
    dataset.write_organisation(store, found)
    dataset.write_complaints(store, found, found.due, range(1, count + 1))
    world = dataset.memory_world(store)

    def sweeper() -> None:
        wiring = replace(world.wiring, due=FakeQueue())
        together.wait()
        sweep_and_work(wiring, found.now, JOBS)

    both = [Thread(target=sweeper) for _ in range(2)]
    for each in both:
        each.start()
    for each in both:
        each.join()
    events = [entry for entry in store.everything() if entry.kind == "event" and '"type":"missed"' in entry.body]
    misses = Counter(entry.key.pk for entry in events)
    return dict(Counter(misses[keys.complaint(found.tenant, dataset.number_of(at))] for at in range(1, count + 1)))


def resolved_during_run() -> dict[str, Any]:
    """Decide the case between the worker's read and its write."""
    office = opened()
    number = _worked(office, until="decide")
    at = _wakes(office, number)
    office.world.fakes.clock.move_to(at)
    once_before(office.store, "commit", lambda: _act(office, number, "decide"))
    with binding.tenant(office.id):
        wake(office.wiring, CaseRef(office.id, number), at)
    types = office.types(number)
    return {
        "stage": _stage(office, number),
        "decided": types.count("decided"),
        "after": types[types.index("decided") :],
    }


def mail_server_down() -> dict[str, Any]:
    """Let the mail server refuse connections while deadlines are missed, and accept them an hour later."""
    office = opened()
    number = str(office.file(office.request("file")).body["number"])
    mailer, start = office.world.fakes.mailer, office.world.now()
    before = len(mailer.outbox)
    mailer.down = True
    office.world.move_to(to_text(start + 25 * HOUR))
    while_down = {"recorded": office.types(number).count("escalated"), "mails": len(mailer.outbox) - before}
    mailer.down = False
    office.world.move_to(to_text(start + 26 * HOUR))
    return {"while down": while_down, "mails an hour later": len(mailer.outbox) - before}


def excluded_days() -> dict[str, str]:
    """Return when three working days from a Monday morning end, without closed days and with two."""
    start = from_text("2026-11-23T09:00:00+08:00")
    return {f"{len(closed)} excluded": _three_days(start, closed) for closed in ([], ["2026-11-24", "2026-11-25"])}


def _three_days(start: Instant, closed: list[str]) -> str:
    hours = {"mon-fri": ["09:00-18:00"]}
    calendar = Calendar.parse({"timezone": "Asia/Shanghai", "hours": hours, "holidays": None, "closed": closed})
    return to_text(due_time(calendar, parse_limit("3 working days"), start).due or 0)


def _worked(office: Office, until: str) -> str:
    number = str(office.file(office.request("file")).body["number"])
    for _, name, _ in ACTS[1:]:
        if name == until:
            break
        _act(office, number, name)
    return number


def _act(office: Office, number: str, name: str) -> None:
    who, _, fields = next(each for each in ACTS if each[1] == name)
    people = {"responsible": [office.organisation.subs["business_unit"]]} if name == "assign" else {}
    office.act(number, who, name, office.request(name), **{**fields, **people})


def _wakes(office: Office, number: str) -> Instant:
    return dataset.wake_time(_entry(office, number))


def _stage(office: Office, number: str) -> str:
    return _entry(office, number).body.split('"stage":"')[1].split('"')[0]


def _entry(office: Office, number: str) -> Any:
    key = keys.snapshot(keys.complaint(office.id, number))
    with binding.tenant(office.id):
        return office.store.get([key])[key]
