"""Messages about drafts: events on the record of the organisation's tasks, delivered as any others."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from chalicelib.casework import commit
from chalicelib.features.inspections.telling import flow_of_organisation
from chalicelib.kit.instants import Instant
from chalicelib.store import keys
from chalicelib.store.port import Write
from chalicelib.tenants.organisation import Organisation
from chalicelib.wiring import Wiring

OPENED, ASKED = "draft_opened", "publication_asked"


def tell(
    wiring: Wiring, org: Organisation, wording: str, to: Sequence[str], now: Instant, **values: Any
) -> list[Write]:
    """The writes of the message to these roles. `org`: after the event. `values`: placeholders of its text."""
    policy = wiring.compiled.get(org.id, org.policy_at(now))
    flow = flow_of_organisation(wiring, org.id, policy, now)
    at = max(now, flow.complaint.at)
    flow.notify(to, about=f"{keys.ORGANISATION}/{org.seq}", at=at, wording=wording, due=None, **values)
    return commit.writes(wiring.sealer, org.id, flow, now)[1]
