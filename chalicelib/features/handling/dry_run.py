"""A dry run of an act: load → advance → decide as the act itself, and what would follow. Nothing is committed."""

from __future__ import annotations

import msgspec
from msgspec import UNSET, UnsetType
from msgspec.structs import replace

from chalicelib.casework import commit, due_events
from chalicelib.casework.loading import Case
from chalicelib.complaints.applying.flow import Flow
from chalicelib.complaints.envelope import EventDraft
from chalicelib.complaints.state import Complaint
from chalicelib.features.handling import act
from chalicelib.features.handling.act import ActCommand
from chalicelib.features.handling.close_duplicates import WouldLink
from chalicelib.features.handling.consequences_view import ForeseenAct, Would, would
from chalicelib.ports import Sealer
from chalicelib.wiring import Wiring


class DryRunView(msgspec.Struct, frozen=True, kw_only=True):
    """`version`: of the complaint as it is, for `If-Match` of the act."""

    would: Would
    version: str


class _Unsealed(Sealer):
    """Encrypts nothing, since nothing is stored, and gives texts of about the length of encrypted ones."""

    _OVERHEAD = 600
    """Bytes that the encryption adds."""

    def __init__(self, sealer: Sealer) -> None:
        self._sealer = sealer

    def seal(self, _tenant: str, _complaint: str, plain: bytes) -> str:
        return "0" * ((len(plain) + self._OVERHEAD) * 4 // 3)

    def open(self, tenant: str, complaint: str, sealed: str) -> bytes:
        return self._sealer.open(tenant, complaint, sealed)

    def derive(self, tenant: str, purpose: str) -> bytes:
        return self._sealer.derive(tenant, purpose)

    def erase_key(self, tenant: str) -> None:
        raise NotImplementedError(f"a dry run erases nothing of {tenant}")


def dry_run(wiring: Wiring, command: ActCommand) -> DryRunView:
    """What the act would do. Raises `Problem` as the act, except for what only a commit can find: `conflict`.

    An `Idempotency-Key` has no effect.
    """
    wiring, due = msgspec.structs.replace(wiring, sealer=_Unsealed(wiring.sealer)), list[EventDraft]()
    command = replace(command, request=None)

    def keep(flow: Flow) -> Complaint:
        due.extend(flow.drafts)
        return commit.writes(wiring.sealer, command.tenant, flow, command.now)[0]

    case, caller = act.load(wiring, command)
    act.check_version(wiring.store, command, case, caller)
    flow = due_events.foresee(wiring.store, wiring.sealer, command.tenant, case, command.now, keep)
    savepoint = flow.savepoint()
    act.decide(wiring, command, flow, caller, case)
    link = _foresee_link(wiring, command, flow, case)
    commit.writes(wiring.sealer, command.tenant, flow, command.now)
    due.extend(flow.drafts[: savepoint.drafts])
    outcome = ForeseenAct(flow, savepoint, due, replace(case, complaint=savepoint.complaint), caller)
    return DryRunView(would=replace(would(outcome), link=link), version=str(case.version))


def _foresee_link(wiring: Wiring, command: ActCommand, flow: Flow, case: Case) -> WouldLink | UnsetType:
    if all(one.type != "linked" for one in flow.drafts):
        return UNSET
    from chalicelib.features.handling import close_duplicates  # few acts link

    return close_duplicates.foresee(wiring, command.tenant, flow, case.entries, command.now)
