"""Messages about improvement actions: events on the record of the organisation's tasks, delivered as any others."""

from __future__ import annotations

from collections.abc import Sequence

from chalicelib.casework import commit
from chalicelib.features.improvements.action import Action
from chalicelib.features.inspections.telling import flow_of_organisation
from chalicelib.kit.instants import Instant, to_text
from chalicelib.policy.compiled import Policy
from chalicelib.store import keys
from chalicelib.store.port import Write
from chalicelib.tenants.names import OWNER
from chalicelib.tenants.organisation import Organisation
from chalicelib.wiring import Wiring

GIVEN, OVERDUE, RETURNED = "improvement_given", "improvement_overdue", "improvement_returned"


def tell(
    wiring: Wiring, org: Organisation, policy: Policy, action: Action, wording: str, now: Instant
) -> Sequence[Write]:
    """Tells the action's owner, and of what went wrong the organisation's owners as well. `org`: after the event."""
    flow = flow_of_organisation(wiring, org.id, policy, now)
    to = [f"@{action.owner}"] if wording == GIVEN else [f"@{action.owner}", OWNER]
    about = f"{keys.ORGANISATION}/{org.seq}"
    at = max(now, flow.complaint.at)
    flow.notify(to, about=about, at=at, wording=wording, due=to_text(action.due))
    return commit.writes(wiring.sealer, org.id, flow, now)[1]
