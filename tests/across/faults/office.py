"""An organisation whose use cases are called without HTTP, on a store whose single calls can fail."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

import msgspec

from chalicelib.access import binding
from chalicelib.casework.authorization import Credential
from chalicelib.complaints.envelope import break_in_chain
from chalicelib.complaints.filing import Filing
from chalicelib.features.filing import file_complaint
from chalicelib.features.handling import act
from chalicelib.policy import presets, publishing
from chalicelib.policy.language.model import SampleComplaint
from chalicelib.store import keys
from chalicelib.store.port import Unavailable
from chalicelib.tenants.directory import Directory
from chalicelib.tenants.idempotency_records import Answer, Request
from chalicelib.wiring import Wiring
from infra.memory_store.store import MemoryStore, RecordedCall
from tests.clauses.organisation import Organisation, sign_up
from tests.clauses.world import InProcess

START = "2026-11-27T09:00:00+08:00"
PRESET = "corporate-standard"


@dataclass
class Office:
    world: InProcess
    organisation: Organisation
    sample: SampleComplaint

    @property
    def wiring(self) -> Wiring:
        return self.world.fakes.wiring

    @property
    def store(self) -> MemoryStore:
        return self.world.fakes.store

    @property
    def id(self) -> str:
        return self.organisation.id

    def relist(self, **changes: Any) -> None:
        """Changes the organisation's directory entry. No process has it in its cache."""
        directory = Directory(self.store, self.world.fakes.real_clock)
        found = directory.find(self.id)
        assert found is not None
        directory.change(self.id, msgspec.structs.replace(found.listing, **changes), found.version, found.due)
        self.wiring.states.invalidate(self.id)

    def request(self, source: str, key: str | None = None, principal: str = "public") -> Request:
        return Request(tenant=self.id, principal=principal, source=source, key=key or uuid.uuid4().hex, body_hash="b")

    def file(self, request: Request, place: str = "") -> Answer:
        """Files the preset's sample as the public. `place` stands for the caller's address, which the limits count."""
        wanted = Filing(self.sample.channel, self.sample.facts, self.sample.severity, self.sample.category)
        command = file_complaint.FileComplaint(
            tenant=self.id,
            credential=Credential(),
            filing=wanted,
            request=request,
            now=self.world.now(),
            place=place,
        )
        with binding.tenant(self.id):
            return file_complaint.file_complaint(self.wiring, command)

    def act(self, number: str, who: str, name: str, request: Request | None = None, **fields: Any) -> Answer:
        with binding.tenant(self.id):
            return act.act(self.wiring, self.command(number, who, name, request, **fields))

    def say(self, number: str, who: str, name: str) -> Answer:
        """The member records an act of the complainant."""
        asked = self.request(name)
        with binding.tenant(self.id):
            command = self.command(number, who, name, asked)
            return act.act(self.wiring, msgspec.structs.replace(command, on_behalf_of="complainant"))

    def command(self, number: str, who: str, name: str, request: Request | None, **fields: Any) -> act.Command:
        return act.ActCommand(
            tenant=self.id,
            number=number,
            credential=Credential(sub=self.organisation.subs[who]),
            act=name,
            fields=fields,
            request=request,
            if_match=None,
            now=self.world.now(),
        )

    def record(self, number: str) -> list[dict[str, Any]]:
        """The stored events in order. Checks that the chain is whole."""
        pk = keys.complaint(self.id, number)
        found = {entry.key.sk: entry.body for entry in self.store.everything() if entry.key.pk == pk}
        events = [msgspec.json.decode(found[sk], type=dict[str, Any]) for sk in sorted(found) if sk[:2] == "E#"]
        assert break_in_chain(events) is None
        return events

    def types(self, number: str) -> list[str]:
        return [event["type"] for event in self.record(number)]

    def numbers(self) -> list[str]:
        """The numbers of all stored complaints."""
        return [entry.key.pk.rpartition("#")[2] for entry in self.store.everything() if entry.kind == "complaint"]


@cache
def _sample() -> SampleComplaint:
    sample = publishing.prepare(presets.text(PRESET)).document.sample
    assert sample is not None
    return sample


def opened() -> Office:
    world = InProcess(START)
    return Office(world, sign_up(world, PRESET), _sample())


@dataclass
class Breaks:
    """Makes the `at`-th call of the store raise `Unavailable`, before or after its effect."""

    store: MemoryStore
    at: int
    after: bool
    calls: int = 0

    def _before(self, call: RecordedCall) -> None:
        self.calls += 1
        if self.calls == self.at and not self.after:
            raise Unavailable

    def _after(self, call: RecordedCall) -> None:
        if self.calls == self.at and self.after:
            raise Unavailable

    def __enter__(self) -> Breaks:
        self.store.before, self.store.after = self._before, self._after
        return self

    def __exit__(self, *_: object) -> None:
        self.store.before = self.store.after = None


def once_before(store: MemoryStore, name: str, what: Callable[[], object], times: int = 1) -> None:
    """Runs `what` just before each of the next `times` calls of this name, as a concurrent writer would."""
    left = [times]

    def hook(call: RecordedCall) -> None:
        if call.name == name and left[0]:
            left[0] -= 1
            store.before, kept = None, store.before
            what()
            store.before = kept

    store.before = hook
