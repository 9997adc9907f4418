"""What an act reads besides its own complaint, and how it is compared with that."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import msgspec

from chalicelib.casework.loading import Case
from chalicelib.complaints.acting import approvals
from chalicelib.complaints.applying.flow import Flow
from chalicelib.complaints.rights.permits import Asker, LinkTarget
from chalicelib.complaints.state import Complaint
from chalicelib.store.keys import InCase
from chalicelib.store.port import Entry, Key
from chalicelib.wiring import Wiring

if TYPE_CHECKING:
    from chalicelib.features.handling.proposals import LoadedProposal

LINK = "link"


class RequestedAct(InCase, frozen=True, kw_only=True):
    """The part of a command that decides what is read."""

    act: str
    fields: Mapping[str, Any]


class DecidedAct(msgspec.Struct, frozen=True):
    """An act that is decided and not committed. `before`: the state before the act; `entries`: the items read."""

    flow: Flow
    before: Complaint
    speaker: Asker
    entries: Mapping[Key, Entry]
    proposed: LoadedProposal | None


def _proposal_keys(command: RequestedAct) -> list[Key]:
    from chalicelib.features.handling import proposals  # few acts decide on proposals

    return proposals.keys_of_named(command.ref, command.fields)


def _load_proposal(
    wiring: Wiring, command: RequestedAct, flow: Flow, speaker: Asker, entries: Mapping[Key, Entry]
) -> LoadedProposal | None:
    before = flow.complaint
    if not before.proposals:
        return None
    from chalicelib.features.handling import proposals

    key = approvals.find_proposal(flow.policy, before, speaker, command.fields)
    return proposals.load(wiring.store, wiring.sealer, command.tenant, before, key, entries)


def _check_proposed(wiring: Wiring, command: RequestedAct, decided: DecidedAct) -> None:
    if decided.proposed is None:
        return
    from chalicelib.features.handling import proposals

    proposals.check_proposer(wiring.store, command.tenant, decided.flow.policy, decided.before, decided.proposed)
    if decided.proposed.proposal.act == LINK:
        from chalicelib.features.handling.linking import duplicates

        target = duplicates.CheckedTarget(command.tenant, decided.flow, "/fields/proposal")
        duplicates.check_target(target, decided.speaker, decided.entries)


def _target_keys(command: RequestedAct) -> list[Key]:
    from chalicelib.features.handling.linking import duplicates  # few acts link

    return duplicates.target_keys(command.ref, command.fields)


def _check_target(_wiring: Wiring, command: RequestedAct, decided: DecidedAct) -> None:
    from chalicelib.features.handling.linking import duplicates  # few acts link

    target = duplicates.CheckedTarget(command.tenant, decided.flow, "/fields/to")
    duplicates.check_target(target, decided.speaker, decided.entries)


def _attachment_keys(command: RequestedAct) -> list[Key]:
    from chalicelib.features.handling.conversation import reads  # few acts attach files

    return reads.attachment_keys(command.ref, command.fields)


def _check_attachments(_wiring: Wiring, command: RequestedAct, decided: DecidedAct) -> None:
    from chalicelib.features.handling.conversation import reads  # few acts attach files

    reads.check_attachments(command.ref, command.fields, decided.entries)


class ActReads(msgspec.Struct, frozen=True, kw_only=True):
    """What an act reads besides its own complaint."""

    keys: Callable[[RequestedAct], list[Key]] = lambda _command: []
    """Items to read together with the complaint."""
    load: Callable[[Wiring, RequestedAct, Flow, Asker, Mapping[Key, Entry]], LoadedProposal | None] = lambda *_: None
    """The proposal that the act decides on."""
    check: Callable[[Wiring, RequestedAct, DecidedAct], None] = lambda *_: None
    """Compares the decided act with what was read. Raises `Problem`."""
    blamed: str | None = None
    """The request's field that leads to the people who are assigned, if the act does not name them itself."""


def with_target(wiring: Wiring, command: RequestedAct, case: Case, proposed: LoadedProposal | None) -> Case:
    """The case with what a link reads of the other complaint; otherwise as it is."""
    to = _target(command, proposed)
    if to is None:
        return case
    from chalicelib.features.handling.linking import link_targets  # few acts link

    return link_targets.add_to(wiring, command.ref, case, to)


def known_target(wiring: Wiring, command: RequestedAct, case: Case, asker: Asker) -> LinkTarget | None:
    """Of the act `link`. `case`: as `with_target` gives it."""
    if command.act != LINK:
        return None
    from chalicelib.features.handling.linking import link_targets  # few acts link

    return link_targets.known(wiring, command.ref, case, command.fields.get("to"), asker)


def _target(command: RequestedAct, proposed: LoadedProposal | None) -> object:
    if proposed is not None and proposed.proposal.act == LINK:
        return proposed.fields.get("to")
    return command.fields.get("to") if command.act == LINK else None


NO_READS = ActReads()
READS = {
    "approve": ActReads(keys=_proposal_keys, load=_load_proposal, check=_check_proposed, blamed="proposal"),
    LINK: ActReads(keys=_target_keys, check=_check_target),
    "write": ActReads(keys=_attachment_keys, check=_check_attachments),
    "inform": ActReads(keys=_attachment_keys, check=_check_attachments),
}
"""By act. The hooks of the acts themselves are in `complaints.acting.act_hooks`: they read nothing."""
