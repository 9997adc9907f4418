"""Commands on text blocks: write a new one, write a further version, retire one.

Each is an event on the organisation's record: the block, its version, and the hash of its text.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import msgspec
from msgspec.structs import replace

from chalicelib.complaints.rights.permits import Grant
from chalicelib.features.text_blocks import block, queries
from chalicelib.features.text_blocks.block import BlockRow
from chalicelib.features.text_blocks.queries import TextBlockCaller
from chalicelib.features.text_blocks.wanted import WriteTextBlock, checked
from chalicelib.kit import canonical
from chalicelib.kit.instants import Instant
from chalicelib.kit.problem import Problem, Text
from chalicelib.store.conflicts import retry_or_refuse
from chalicelib.store.port import Entry, Write
from chalicelib.tenants import idempotency_records, organisation
from chalicelib.tenants.idempotency_records import Answer, Request
from chalicelib.tenants.owner_command import CONFLICT
from chalicelib.tenants.publication import known_policies
from chalicelib.wiring import Wiring

_FIRST_VERSION = 1


class TextBlockCommand(msgspec.Struct, frozen=True, kw_only=True):
    """`if_match`: the version that the caller has read."""

    tenant: str
    sub: str
    now: Instant
    request: Request | None = None
    if_match: str | None = None


class _Step(NamedTuple):
    """The row after a command, its text if this is a new version, and the type of the event."""

    row: BlockRow
    text: str | None
    event: str


_Decide = Callable[[TextBlockCaller, list[BlockRow]], _Step]


def create(wiring: Wiring, command: TextBlockCommand, wanted: WriteTextBlock) -> Answer:
    """201 with the block. Raises `Problem`: `forbidden`, `invalid`, `limit-reached`, `conflict`. The caller binds the
    tenant."""

    def decide(caller: TextBlockCaller, found: list[BlockRow]) -> _Step:
        given = checked(caller.member.policy, wanted)
        _check_number(found)
        new = f"{caller.member.org.seq + 1}"  # of its event, so no other block has it
        return _Step(_row(command, new, _FIRST_VERSION, given), given.text, block.WRITTEN)

    return _run(wiring, command, decide, 201)


def change(wiring: Wiring, command: TextBlockCommand, block_id: str, wanted: WriteTextBlock) -> Answer:
    """200 with the block in its new version. A retired block is in use again.

    Raises `Problem`: `forbidden`, `not-found`, `stale`, `invalid`, `limit-reached`, `conflict`.
    """

    def decide(caller: TextBlockCaller, found: list[BlockRow]) -> _Step:
        before = _present(command, found, block_id)
        given = checked(caller.member.policy, wanted)
        if before.retired:
            _check_number(found)
        return _Step(_row(command, block_id, before.version + 1, given), given.text, block.WRITTEN)

    return _run(wiring, command, decide, 200)


def retire(wiring: Wiring, command: TextBlockCommand, block_id: str) -> Answer:
    """200 with the block, which is offered no more. Its versions stay. Repeating it changes nothing.

    Raises `Problem`: `forbidden`, `not-found`, `stale`, `conflict`.
    """

    def decide(_caller: TextBlockCaller, found: list[BlockRow]) -> _Step:
        before = _present(command, found, block_id)
        if before.retired:
            return _Step(before, None, "")
        return _Step(replace(before, retired=True, by=command.sub, at=command.now), None, block.RETIRED)

    return _run(wiring, command, decide, 200)


def _present(command: TextBlockCommand, found: list[BlockRow], block_id: str) -> BlockRow:
    row = queries.existing(found, block_id)
    if command.if_match not in (None, str(row.version)):
        raise Problem("stale", "Another person has changed the text block. Look at it again and repeat.")
    return row


def _check_number(found: list[BlockRow]) -> None:
    if sum(not one.retired for one in found) >= block.MOST:
        raise Problem("limit-reached", Text("An organisation has at most {most} text blocks in use.", most=block.MOST))


def _row(command: TextBlockCommand, block_id: str, version: int, given: WriteTextBlock) -> BlockRow:
    return BlockRow(
        id=block_id,
        version=version,
        name=given.name,
        language=given.language,
        categories=given.categories,
        stages=given.stages,
        by=command.sub,
        at=command.now,
    )


def _run(wiring: Wiring, command: TextBlockCommand, decide: _Decide, status: int) -> Answer:
    def attempt() -> Answer:
        caller = queries.caller_of(known_policies.only_known(wiring), command.tenant, command.sub, command.now)
        grant = queries.require_writer(caller)
        asked = [] if command.request is None else [command.request.record_key]
        entries = wiring.store.get([block.list_key(command.tenant), *asked])
        earlier = None if command.request is None else entries.get(command.request.record_key)
        if command.request is not None:
            known = idempotency_records.replay(earlier, command.request, wiring.real_clock())
            if known is not None:
                return known
        step = decide(caller, block.rows(entries, command.tenant))
        answer = Answer.of(status, queries.view(step.row))
        if step.event:
            writes = _writes(wiring, command, caller, grant, step, entries.get(block.list_key(command.tenant)))
            if command.request is not None:
                writes.append(idempotency_records.put(command.request, answer, wiring.real_clock(), found=earlier))
            wiring.store.commit(writes)
        return answer

    with known_policies.waiting():
        return retry_or_refuse(attempt, CONFLICT)


def _writes(
    wiring: Wiring, command: TextBlockCommand, caller: TextBlockCaller, grant: Grant, step: _Step, entry: Entry | None
) -> list[Write]:
    tenant, row, org = command.tenant, step.row, caller.member.org
    rows = [] if entry is None else block.LIST.read(entry).blocks
    fields: dict[str, object] = {"block": row.id, "version": row.version}
    writes = [block.write_list(tenant, entry, block.with_row(rows, row))]
    if step.text is not None:
        fields["sha256"] = canonical.digest(step.text)
        writes.append(block.write_version(tenant, row, block.sealed_text(wiring.sealer, tenant, step.text)))
    actor = caller.member.asker.actor(grant)
    after, event = organisation.record_event(org, step.event, fields, command.sub, command.now, actor=actor)
    return [*writes, organisation.change(after, org), event]
