"""The requests of the search, as values. The model repeats them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from chalicelib.access import binding
from chalicelib.casework.authorization import Credential
from chalicelib.complaints.filing import Filing
from chalicelib.complaints.switching.plan import SwitchTerms
from chalicelib.features.filing import file_complaint
from chalicelib.features.handling import act
from chalicelib.features.policies import publish
from chalicelib.features.switching import switch_policy
from chalicelib.kit.instants import Instant
from chalicelib.tenants import owner_command
from chalicelib.tenants.idempotency_records import Answer, Request
from chalicelib.wiring import Wiring
from tests.across.faults.exactly.kiosk import LATER, TENANT, THIRD


@dataclass(frozen=True)
class Asked:
    """One request. A repeat uses the same idempotency key. `kind`: file, act, switch or publish."""

    key: str
    kind: str
    number: str = ""
    who: str = ""
    act: str = ""
    fields: Mapping[str, Any] = field(default_factory=dict, hash=False)

    @property
    def request(self) -> Request:
        return Request(tenant=TENANT, principal=self.who or "public", source=self.kind, key=self.key, body_hash="b")


def perform(wiring: Wiring, asked: Asked, now: Instant) -> Answer:
    """Performs it without HTTP. Raises `Problem`, and the errors of the store."""
    with binding.tenant(TENANT):
        return _PERFORM[asked.kind](wiring, asked, now)


def _file(wiring: Wiring, asked: Asked, now: Instant) -> Answer:
    wanted = Filing("phone", {"content": "The till gave too little change."}, asked.fields["severity"], {})
    return file_complaint.file_complaint(
        wiring,
        file_complaint.FileComplaint(
            tenant=TENANT, credential=Credential(), filing=wanted, request=asked.request, now=now
        ),
    )


def _act(wiring: Wiring, asked: Asked, now: Instant) -> Answer:
    return act.act(
        wiring,
        act.ActCommand(
            tenant=TENANT,
            number=asked.number,
            credential=Credential(sub=asked.who),
            act=asked.act,
            fields=asked.fields,
            request=asked.request,
            if_match=None,
            now=now,
        ),
    )


def _switch(wiring: Wiring, asked: Asked, now: Instant) -> Answer:
    return switch_policy.switch(
        wiring,
        switch_policy.SwitchPolicy(
            tenant=TENANT,
            number=asked.number,
            sub=asked.who,
            terms=SwitchTerms(accept_breaches=True),
            to=None,
            dry_run=False,
            request=asked.request,
            if_match=None,
            now=now,
        ),
    )


def _publish(wiring: Wiring, asked: Asked, now: Instant) -> Answer:
    wanted = publish.Publish(policy=THIRD, effective_at=LATER)
    return publish.publish(
        wiring, owner_command.OwnerCommand(tenant=TENANT, sub=asked.who, now=now, request=asked.request), wanted
    )


_PERFORM: Mapping[str, Callable[[Wiring, Asked, Instant], Answer]] = {
    "file": _file,
    "act": _act,
    "switch": _switch,
    "publish": _publish,
}
