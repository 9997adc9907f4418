"""Act on a complaint: load → advance(now) → decide → commit. An act is one transaction."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import count
from typing import TYPE_CHECKING, Annotated, Any, Literal, NamedTuple

import msgspec
from msgspec.structs import replace

from chalicelib.casework import commit, due_events
from chalicelib.casework.authorization import Credential, admit, identify_caller
from chalicelib.casework.loading import Case, parse_complaint, read_entries
from chalicelib.casework.views import complaint_views
from chalicelib.complaints.acting import acts, approvals
from chalicelib.complaints.acting.act_hooks import hooks_of
from chalicelib.complaints.applying.flow import Flow
from chalicelib.complaints.rights import confidentiality
from chalicelib.complaints.rights.permits import MOST_TEXT_BLOCKS, ActRequest, Asker, UsedTextBlock
from chalicelib.complaints.state import Complaint
from chalicelib.features.handling import assignees, proposals
from chalicelib.features.handling.proposals import LoadedProposal
from chalicelib.kit.decoding import RequestDocument
from chalicelib.kit.instants import Instant
from chalicelib.kit.problem import Problem
from chalicelib.policy.language.values.fact_kinds import FieldValue
from chalicelib.ports import TimeSource
from chalicelib.store.conflicts import retry_or_refuse
from chalicelib.store.keys import InCase
from chalicelib.store.port import Entry, Key, Store, Write
from chalicelib.tenants import idempotency_records
from chalicelib.tenants.idempotency_records import Answer, Request
from chalicelib.wiring import Wiring

if TYPE_CHECKING:
    from chalicelib.features.text_blocks.named import NamedTextBlocks

MESSAGES = "messages"
"""The use of the hash of a source that counts them."""


class ActFields(RequestDocument, frozen=True, kw_only=True):
    """`on_behalf_of`: a member records an act for the complainant, such as an oral statement. `text_blocks`: from which
    a member made its texts."""

    fields: dict[str, FieldValue] = msgspec.field(default_factory=dict)
    on_behalf_of: Literal["complainant"] | None = None
    text_blocks: Annotated[list[UsedTextBlock], msgspec.Meta(max_length=MOST_TEXT_BLOCKS)] = []


class Beside(NamedTuple):
    """An item of the caller that changes with the act, in its commit. `writes`: from the item as it is then."""

    key: Key
    writes: Callable[[Entry | None], Sequence[Write]]


class ActCommand(InCase, frozen=True, kw_only=True):
    credential: Credential
    act: str
    fields: Mapping[str, Any]
    request: Request | None
    if_match: str | None
    now: Instant
    on_behalf_of: str | None = None
    """The party whose act the member records, for a complaint made in speech."""
    beside: Beside | None = None
    text_blocks: Sequence[UsedTextBlock] = ()
    filled_in: str = ""
    """The language in which the complaint fills the placeholders that are left in the texts, of a bulk act."""
    source: str = ""
    """Of a complainant: the keyed hash of their network (`sources.pseudonym`)."""


class _Decided(msgspec.Struct, frozen=True):
    """An act that is decided and not committed. `before`: the state before the act; `entries`: the items read."""

    flow: Flow
    before: Complaint
    speaker: Asker
    entries: Mapping[Key, Entry]
    proposed: LoadedProposal | None


def _proposal_keys(command: ActCommand) -> list[Key]:
    return proposals.keys_of_named(command.ref, command.fields)


def _load_proposal(
    wiring: Wiring, command: ActCommand, flow: Flow, speaker: Asker, entries: Mapping[Key, Entry]
) -> LoadedProposal | None:
    before = flow.complaint
    if not before.proposals:
        return None
    key = approvals.find_proposal(flow.policy, before, speaker, command.fields)
    return proposals.load(wiring.store, wiring.sealer, command.tenant, before, key, entries)


def _check_proposer(wiring: Wiring, command: ActCommand, decided: _Decided) -> None:
    if decided.proposed is not None:
        proposals.check_proposer(wiring.store, command.tenant, decided.flow.policy, decided.before, decided.proposed)


def _target_keys(command: ActCommand) -> list[Key]:
    from chalicelib.features.handling import duplicates  # few acts link

    return duplicates.target_keys(command.tenant, command.fields)


def _check_target(_wiring: Wiring, command: ActCommand, decided: _Decided) -> None:
    from chalicelib.features.handling import duplicates  # few acts link

    duplicates.check_target(command.tenant, decided.flow, decided.speaker, decided.entries)


def _attachment_keys(command: ActCommand) -> list[Key]:
    from chalicelib.features.handling.conversation import reads  # few acts attach files

    return reads.attachment_keys(command.ref, command.fields)


def _check_attachments(_wiring: Wiring, command: ActCommand, decided: _Decided) -> None:
    from chalicelib.features.handling.conversation import reads  # few acts attach files

    reads.check_attachments(command.ref, command.fields, decided.entries)


class _ActReads(msgspec.Struct, frozen=True, kw_only=True):
    """What an act reads besides its own complaint."""

    keys: Callable[[ActCommand], list[Key]] = lambda _command: []
    """Items to read together with the complaint."""
    load: Callable[[Wiring, ActCommand, Flow, Asker, Mapping[Key, Entry]], LoadedProposal | None] = lambda *_: None
    """The proposal that the act decides on."""
    check: Callable[[Wiring, ActCommand, _Decided], None] = lambda *_: None
    """Compares the decided act with what was read. Raises `Problem`."""
    blamed: str | None = None
    """The request's field that leads to the people who are assigned, if the act does not name them itself."""


_NO_READS = _ActReads()
_READS = {
    "approve": _ActReads(keys=_proposal_keys, load=_load_proposal, check=_check_proposer, blamed="proposal"),
    "link": _ActReads(keys=_target_keys, check=_check_target),
    "write": _ActReads(keys=_attachment_keys, check=_check_attachments),
    "inform": _ActReads(keys=_attachment_keys, check=_check_attachments),
}
"""By act. The hooks of the acts themselves are in `complaints.acting.act_hooks`: they read nothing."""


def act(wiring: Wiring, command: ActCommand) -> Answer:
    """200 with the complaint as this caller sees it after the act.

    Raises `Problem`: `complaint-unknown`, `forbidden`, `act-not-open`, `proposer-gone`, `stale` (another version than
    `if_match`), `invalid`, `conflict`, `too-many-requests` (of the conversation).

    A refused act commits only the due events.
    """
    attempts = count()
    detail = "Others acted on the complaint at the same time. Look at it again and repeat."
    return retry_or_refuse(lambda: _attempt(wiring, command, is_first=next(attempts) == 0), detail)


def _attempt(wiring: Wiring, command: ActCommand, *, is_first: bool) -> Answer:
    case, caller = load(wiring, command)
    if known := _replay(wiring.real_clock, command, case.entries):
        return known
    if is_first and hooks_of(command.act).is_counted and command.credential.sub is None:
        wiring.budgets.count_message(wiring.store, command.source)  # strangers with a wrong receipt use nothing up
    check_version(wiring.store, command, case, caller)
    flow = due_events.apply(wiring.store, wiring.sealer, command.tenant, case, command.now)
    savepoint = flow.savepoint()
    try:
        decide(wiring, command, flow, caller, case)
    except Problem:
        flow.roll_back(savepoint)
        due_events.record(wiring.store, wiring.sealer, command.tenant, flow, command.now)
        raise
    return _commit(wiring, command, flow, caller, case.entries)


def load(wiring: Wiring, command: ActCommand) -> tuple[Case, Asker]:
    """The complaint and the caller. Raises `Problem`: `complaint-unknown`, `forbidden`."""
    entries = _read(wiring.store, command)
    asker = identify_caller(wiring.store, command.credential, command.tenant, entries, command.now)
    case = parse_complaint(wiring.compiled, command.ref, entries)
    return case, admit(wiring.secrets, command.tenant, case, command.credential, asker)


def check_version(store: Store, command: ActCommand, case: Case, caller: Asker) -> None:
    """Raises `Problem("stale")`, with what happened since the version of `if_match`."""
    if command.if_match is not None and command.if_match != str(case.version):
        from chalicelib.casework.views import changes  # few requests are too late

        raise changes.stale(store, command.ref, case, caller, command.if_match)


def decide(wiring: Wiring, command: ActCommand, flow: Flow, caller: Asker, case: Case) -> None:
    """Adds the act's events to the flow, which has the due events. Raises `Problem`."""
    before, first = flow.complaint, len(flow.drafts)
    blocks = _text_blocks(command)
    if blocks and command.filled_in:
        command = replace(command, fields=blocks.filled(command.fields, flow, case.entries, command.now))
    _decide(wiring, command, flow, _speaker(command, caller, case), case)
    if blocks:
        blocks.check(command.fields, caller, case.entries)
        blocks.note(flow.drafts, first)
    due_events.tell_of_unstaffed_duties(wiring.store, command.tenant, flow, before)


def _text_blocks(command: ActCommand) -> NamedTextBlocks | None:
    if not command.text_blocks:
        return None
    from chalicelib.features.text_blocks.named import NamedTextBlocks  # few acts name one

    return NamedTextBlocks(command.tenant, command.text_blocks, command.filled_in)


def _read(store: Store, command: ActCommand) -> dict[Key, Entry]:
    extra_keys = [*command.credential.keys(command.tenant), *assignees.membership_keys(command.tenant, command.fields)]
    if command.request is not None:
        extra_keys.append(command.request.record_key)
    if command.beside is not None:
        extra_keys.append(command.beside.key)
    extra_keys.extend(_READS.get(command.act, _NO_READS).keys(command))
    if blocks := _text_blocks(command):
        extra_keys.extend(blocks.keys)
    return read_entries(store, command.ref, extra_keys)


def _replay(real_clock: TimeSource, command: ActCommand, entries: Mapping[Key, Entry]) -> Answer | None:
    if command.request is None:
        return None
    return idempotency_records.replay(entries.get(command.request.record_key), command.request, real_clock())


def _speaker(command: ActCommand, caller: Asker, case: Case) -> Asker:
    """The caller, or the party whose act the caller records."""
    if command.on_behalf_of is None:
        return caller
    speaker = confidentiality.speaker_for(case.policy, case.complaint, caller, command.on_behalf_of)
    if speaker is None:
        raise Problem("forbidden", "Only members who may see who the complainant is may act on their behalf.")
    return speaker


def _decide(wiring: Wiring, command: ActCommand, flow: Flow, speaker: Asker, case: Case) -> None:
    reads, before = _READS.get(command.act, _NO_READS), flow.complaint
    proposed = reads.load(wiring, command, flow, speaker, case.entries)
    now = max(command.now, before.at)
    proposed_fields = None if proposed is None else proposed.fields
    hooks = hooks_of(command.act if proposed is None else proposed.proposal.act)
    if before.unit is not None and (hooks.reads_masks or case.policy.of_respondent):
        from chalicelib.casework import masking  # few acts

        flow.masking = masking.load(wiring.store, wiring.sealer, case.policy, command.ref)
    if hooks.reads_address:
        from chalicelib.features.handling.conversation.reads import former_address  # few acts correct an address

        flow.former = former_address(wiring, command.ref, flow)
    acts.decide(flow, ActRequest(command.act, command.fields, proposed_fields), speaker, now)
    if flow.masking is not None:
        from chalicelib.complaints.acting.masks import deciding  # few acts

        deciding.begin_if_free(flow, now)
    _check_demands(wiring.store, command.tenant, flow)
    reads.check(wiring, command, _Decided(flow, before, speaker, case.entries, proposed))
    read_keys = assignees.membership_keys(command.tenant, command.fields)
    assignees.check(wiring.store, command.tenant, flow, read_keys, case.entries, reads.blamed)


def _check_demands(store: Store, tenant: str, flow: Flow) -> None:
    if any(one.type == "evidence_demanded" for one in flow.drafts):
        from chalicelib.features.handling import demand_reach  # few acts demand evidence

        demand_reach.check(store, tenant, flow)


def _follower_writes(tenant: str, flow: Flow, entries: Mapping[Key, Entry]) -> list[Write]:
    if all(one.type not in ("linked", "unlinked") for one in flow.drafts):
        return []
    from chalicelib.features.handling import duplicates  # few acts link

    return duplicates.follower_writes(tenant, flow, entries)


def _commit(wiring: Wiring, command: ActCommand, flow: Flow, caller: Asker, entries: Mapping[Key, Entry]) -> Answer:
    complaint, writes = commit.writes(wiring.sealer, command.tenant, flow, command.now)
    writes.extend(_follower_writes(command.tenant, flow, entries))
    answer = Answer.of(200, complaint_views.after_act(flow, complaint, caller))
    if command.request is not None:
        earlier = entries.get(command.request.record_key)
        writes.append(idempotency_records.put(command.request, answer, wiring.real_clock(), found=earlier))
    if command.beside is not None:
        writes.extend(command.beside.writes(entries.get(command.beside.key)))
    wiring.store.commit(writes)
    return answer
