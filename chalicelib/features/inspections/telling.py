"""Messages about inspections: events on the record of the organisation's tasks, which are delivered as any others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from chalicelib.casework import commit, due_events, snapshot
from chalicelib.casework.loading import parse_unit
from chalicelib.complaints.applying.flow import Flow
from chalicelib.complaints.units.unit import for_unit, new_unit
from chalicelib.features.inspections.due import asked
from chalicelib.features.inspections.item import InspectionEdition
from chalicelib.kit.instants import Instant, to_text
from chalicelib.policy.compiled import Policy
from chalicelib.policy.language.publicity import INSPECTION
from chalicelib.store import keys
from chalicelib.store.port import Write
from chalicelib.tenants.names import OWNER
from chalicelib.wiring import Wiring


class InspectionMessage(msgspec.Struct, frozen=True, kw_only=True):
    """`about`: the id of the event on the organisation's record. `policy`: the version in force."""

    tenant: str
    policy: Policy
    row: InspectionEdition
    about: str
    now: Instant


def produced(wiring: Wiring, notice: InspectionMessage) -> list[Write]:
    """Tells the role that inspects, and those whom the policy names, that the document is there.

    The role assesses it.
    """
    inspection = asked(notice.policy)
    if inspection is None:
        return []
    others = [name for name in inspection.tells if name != inspection.role]
    return _tell(wiring, notice, {"inspection_made": [inspection.role], "inspection_known": others})


def late(wiring: Wiring, notice: InspectionMessage) -> list[Write]:
    """Tells the owners that the document was not assessed in time."""
    return _tell(wiring, notice, {"inspection_late": [OWNER]})


def _tell(wiring: Wiring, notice: InspectionMessage, told: Mapping[str, Sequence[str]]) -> list[Write]:
    """`told`: the recipients by wording."""
    flow, row = flow_of_organisation(wiring, notice.tenant, notice.policy, notice.now), notice.row
    values = {"task": INSPECTION, "period": row.period} | ({} if row.due is None else {"due": to_text(row.due)})
    at = max(notice.now, flow.complaint.at)
    for wording, to in told.items():
        flow.notify(to, about=notice.about, at=at, wording=wording, **values)
    return commit.writes(wiring.sealer, notice.tenant, flow, notice.now)[1]


def flow_of_organisation(wiring: Wiring, tenant: str, policy: Policy, now: Instant) -> Flow:
    """The organisation as a whole, under the policy in force."""
    key = snapshot.unit_key(tenant, keys.WHOLE)
    case = parse_unit(wiring.compiled, tenant, keys.WHOLE, wiring.store.get([key]))
    if case is None:
        return Flow(for_unit(policy, "organisation"), new_unit(keys.unit_number(None), None, policy))
    return due_events.moved(wiring.store, wiring.sealer, tenant, case, policy, now)
