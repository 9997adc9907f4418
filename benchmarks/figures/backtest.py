"""Time and memory of a back-test on the memory store: `python -m benchmarks.figures.backtest [complaints]`.

The job's memory must not grow: its peak in a step is measured at the start and at the end. The store, which is in
memory here, is measured separately. It stays small, because the complaints' records share their bodies.
"""

from __future__ import annotations

import contextlib
import copy
import io
import resource
import sys
import time
import tracemalloc
from typing import Any

import msgspec

from chalicelib.access import binding
from chalicelib.complaints.filing import Filing
from chalicelib.features.backtests import start as backtest_start
from chalicelib.jobs import driver
from chalicelib.jobs.driver import JobStep
from chalicelib.kit.instants import DAY, HOUR, MINUTE, from_text
from chalicelib.policy import presets
from chalicelib.store import keys
from chalicelib.store.port import Entry, Put
from chalicelib.tenants.owner_command import OwnerCommand
from chalicelib.workers.entries import JOBS
from tests.backtests import live
from tests.backtests.live import Office, number_of

PRESET = "corporate-standard"
FROM, TO = "2026-11-01T00:00:00Z", "2026-12-01T00:00:00Z"
_STEP = 100


def office() -> tuple[Office, str]:
    """Return an organisation, and the number of its one complaint, which was handled late and closed."""
    policy: dict[str, Any] = dict(presets.document(PRESET))
    found = live.office(PRESET, policy)
    sample = policy["sample"]
    now = from_text("2026-11-23T09:00:00+08:00")
    filed = found.file(Filing(sample["channel"], sample["facts"], "general", sample["category"]), now)
    if filed is None:
        raise RuntimeError("the preset's sample was not accepted")
    performed: list[tuple[str, dict[str, Any]]] = [
        ("accept", {"agent_team": "一组", "agent_number": "7"}),
        ("confirm", {}),
        ("forward", {"to": "business_unit"}),
        ("assign", {"responsible": ["one"]}),
        ("inspect", {"findings": "属实", "truthful": True}),
        ("decide", {"solution": "退款", "outcome": "resolved"}),
        ("agree", {}),
        ("close", {"summary": "已结"}),
    ]
    for number, (name, fields) in enumerate(performed, 1):
        who = "complainant" if name == "agree" else "one"
        if not found.act(filed, who, name, fields, now + number * 5 * HOUR + MINUTE):
            raise RuntimeError(f"the act {name} was refused")
    found.world.fakes.clock.move_to(now + 7 * DAY)
    return found, number_of(filed)


def multiply(found: Office, number: str, complaints: int) -> None:
    """Copy the complaint under further numbers. The copies share the bodies; only their keys differ."""
    with binding.tenant(found.tenant):
        store = found.wiring.store
        page = store.query(keys.complaint(found.tenant, number), limit=1000)
        month, _, first = number.partition("-")
        for position in range(int(first) + 1, complaints + 1):
            pk = keys.complaint(found.tenant, f"{month}-{position:06d}")
            copies = [Entry(key=one.key._replace(pk=pk), kind=one.kind, body=one.body) for one in page.entries]
            store.commit([Put(one) for one in copies])
        store.count(keys.month_counter(found.tenant, month), "counter", step=complaints - int(first))
    found.world.fakes.store.calls.clear()
    found.world.fakes.store.stream.clear()


def start(found: Office) -> str:
    draft = copy.deepcopy(dict(presets.document(PRESET)))
    draft["examples"] = []
    draft["clocks"]["resolution"]["within"] = ["4 hours"]  # type: ignore[index]
    people = found.world.call("GET", f"{found.organisation.path}/people", auth=found.organisation.auth("owner"))
    sub = next(one["sub"] for one in people.json["people"] if one["email"].startswith("owner@"))
    command = OwnerCommand(tenant=found.tenant, sub=sub, now=found.world.fakes.clock())
    request = backtest_start.BacktestRequest(policy=draft, first=FROM, last=TO)
    with binding.tenant(found.tenant):
        return str(backtest_start.start(found.wiring, command, request).body["id"])


def step(found: Office) -> None:
    message = found.world.fakes.effects.waiting.popleft()
    driver.run_message(found.wiring, msgspec.json.decode(message.body, type=JobStep), JOBS)
    found.world.fakes.store.calls.clear()


def main(complaints: int) -> None:
    with contextlib.redirect_stdout(io.StringIO()):
        found, number = office()
        multiply(found, number, complaints)
        start(found)
    waiting = found.world.fakes.effects.waiting
    peaks: list[int] = []
    began, steps = time.perf_counter(), 0
    while waiting:
        measured = steps in (1, complaints // _STEP - 2)
        if measured:
            tracemalloc.start()
        step(found)
        if measured:
            peaks.append(tracemalloc.get_traced_memory()[1])
            tracemalloc.stop()
        steps += 1
    took = time.perf_counter() - began
    print(f"{complaints} complaints in {steps} steps: {took:.1f} s, {took / complaints * 1e3:.2f} ms each")
    print("peak memory of a step at the start and at the end: " + ", ".join(f"{peak / 1e6:.1f} MB" for peak in peaks))
    print(f"process with the store: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3:.0f} MB")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
