"""Jobs: work too long for one call, done in bounded steps (`J#<id>` items; design §6).

One message on the effects queue is one step. A step reads the job, works, and commits the job's new state together
with all that it wrote, on condition of the version it read; then it sends the next step's message. The process may
die between any two calls: the queue delivers an unfinished message again; one whose step was committed only sends
the next message again; a message that is older changes nothing. So the queue's own redelivery drives a job to its
end, and nothing else has to look after it. A step that keeps failing ends in the dead-letter queue, which is an alarm.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

import msgspec

from chalicelib.ports import QueueMessage
from chalicelib.store import keys
from chalicelib.store.port import Change, Entry, Lost, Put, Write
from chalicelib.tenants import binding
from chalicelib.wiring import Wiring

KIND = "job"
FIRST = 1
"""The version of a job that has done no step."""


class JobStep(msgspec.Struct, frozen=True, tag="job"):
    """The queue's message: do the step that follows `version` of the job."""

    tenant: str
    job: str
    version: int


class Stepped(NamedTuple):
    """The job's body after a step, and what else is written in the same transaction."""

    body: str
    writes: Sequence[Write] = ()


class _Head(msgspec.Struct, frozen=True):
    """What every job's body says: whether it has come to its end."""

    done: bool


Work = Callable[[Wiring, str, Entry], Stepped]
"""One step of a job of a kind that is not done, under its tenant's binding. It must write nothing by itself."""


def put(tenant: str, name: str, body: str, expires: int) -> Put:
    """A new job, for the commit that starts it; send its first message after that (`send`). `expires`: TTL."""
    return Put(Entry(key=keys.job(tenant, name), kind=KIND, body=body, version=FIRST, expires=expires))


def send(wiring: Wiring, tenant: str, name: str, version: int = FIRST) -> None:
    """Sending twice does no harm."""
    body = msgspec.json.encode(JobStep(tenant, name, version)).decode()
    wiring.effects.send([QueueMessage(tenant=tenant, body=body)])


def run(wiring: Wiring, step: JobStep, works: Mapping[str, Work]) -> None:
    """Do a step. `works`: by what comes before the first `-` of the job's name."""
    with binding.tenant(step.tenant):
        entry = wiring.store.get([keys.job(step.tenant, step.job)]).get(keys.job(step.tenant, step.job))
        if entry is None or entry.version not in (step.version, step.version + 1):
            return
        if entry.version == step.version and not _done(entry):
            stepped = works[step.job.partition("-")[0]](wiring, step.tenant, entry)
            entry = msgspec.structs.replace(entry, body=stepped.body, version=step.version + 1)
            try:
                wiring.store.commit([Change(entry, step.version), *stepped.writes])
            except Lost:
                return  # the same message, delivered twice at once: the other one goes on
        if not _done(entry):
            send(wiring, step.tenant, step.job, step.version + 1)


def _done(entry: Entry) -> bool:
    return msgspec.json.decode(entry.body, type=_Head).done
