"""Command: invite the people of a table. Without `run`, it says what would become of each row."""

from __future__ import annotations

from typing import Literal

import msgspec
from msgspec.structs import replace

from chalicelib.casework.authorization import load_member
from chalicelib.features.people import invitation_table, invite
from chalicelib.features.people.invitation_table import TableRow
from chalicelib.features.people.invite import Invite
from chalicelib.kit.decoding import RequestDocument
from chalicelib.kit.email_address import normalised
from chalicelib.kit.problem import Problem
from chalicelib.limits.exceeded import check_quota
from chalicelib.tenants import owner_command
from chalicelib.tenants.idempotency_records import Answer
from chalicelib.tenants.owner_command import OwnerCommand
from chalicelib.tenants.people import membership, queries
from chalicelib.tenants.people.membership import StoredGrant
from chalicelib.wiring import Wiring

_OF_ROW = ("invalid", "conflict", "too-many-requests", "quota-exceeded")
"""Problems of one row, after which the others are still tried."""


class InvitationTable(RequestDocument, frozen=True, kw_only=True):
    """`file`: the bytes of the CSV, as Base64. `run`: invite the people; by default, say only what would happen."""

    file: str
    run: bool = False


class InvitedRow(msgspec.Struct, frozen=True, kw_only=True):
    """`line`: of the file. `becomes`: `invited`; `member` (is one already, with these grants); `other_grants` (is one
    already, and keeps the grants); or `refused`, with the kind of the problem."""

    line: int
    email: str
    name: str
    grants: list[StoredGrant]
    becomes: Literal["invited", "member", "other_grants", "refused"]
    problem: str | msgspec.UnsetType = msgspec.UNSET


class InvitedTable(msgspec.Struct, frozen=True, kw_only=True):
    """`ran`: whether the people were invited, or would be."""

    ran: bool
    rows: list[InvitedRow]


def invite_many(wiring: Wiring, command: OwnerCommand, payload: InvitationTable) -> InvitedTable:
    """A repeated request with the key of the first invites nobody again.

    Raises `Problem`: `forbidden`; `invalid`, with the line and column of each fault; `quota-exceeded` if the plan has
    no place for all.
    """
    loaded = owner_command.load(wiring.store, wiring.real_clock, replace(command, request=None))
    if isinstance(loaded, Answer):
        raise TypeError("a command without a request has no earlier answer")
    member = load_member(wiring, command.tenant, command.sub, command.now)
    known = invitation_table.known_names(member.org, member.policy.document)
    rows = invitation_table.read(invitation_table.decoded(payload.file), known)
    people = {one.email: one for one in queries.all_people(wiring.store, command.tenant) if one.active}
    planned = [_planned(row, people.get(normalised(row.email))) for row in rows]
    added = sum(one.becomes == "invited" for one in planned)
    if added:
        check_quota("people", member.org.people + added - 1, member.org.limits.people)
    if not payload.run:
        return InvitedTable(ran=False, rows=planned)
    return InvitedTable(ran=True, rows=[_run(wiring, command, *each) for each in zip(rows, planned, strict=True)])


def _planned(row: TableRow, person: membership.Membership | None) -> InvitedRow:
    becomes: Literal["invited", "member", "other_grants"] = "invited"
    if person is not None:
        same = sorted(set(row.grants), key=str) == sorted(person.grants, key=str)
        becomes = "member" if same else "other_grants"
    return InvitedRow(line=row.line, email=row.email, name=row.name, grants=row.grants, becomes=becomes)


def _run(wiring: Wiring, command: OwnerCommand, row: TableRow, planned: InvitedRow) -> InvitedRow:
    """With a key of its own for each row, so that an interrupted request goes on where it stopped."""
    if planned.becomes != "invited":
        return planned
    payload = msgspec.convert(
        {"email": row.email, "name": row.name, "grants": msgspec.to_builtins(row.grants), "language": row.language},
        Invite,
    )
    request = command.request and replace(command.request, key=f"{command.request.key}-{row.line}")
    try:
        invite.invite(wiring, replace(command, request=request), payload)
    except Problem as problem:
        if problem.kind not in _OF_ROW:
            raise
        return replace(planned, becomes="refused", problem=problem.kind)
    return planned
