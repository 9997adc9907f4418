"""The conversation with the complainant on the desk's page of a complaint, and the files that a message can attach."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec.structs import replace

from chalicelib.casework.private_values import Record
from chalicelib.casework.views import complaint_queries
from chalicelib.casework.views.complaint_queries import ComplaintRequest, VisibleComplaint
from chalicelib.complaints.acting.talking.conversation import FILES
from chalicelib.complaints.rights.confidentiality import IDENTITY
from chalicelib.features.evidence import evidence_queries, item
from chalicelib.features.evidence.authorization import caller_of
from chalicelib.features.evidence.pages.listing import attachable
from chalicelib.features.handling.conversation import shown
from chalicelib.features.handling.conversation.shown import Conversation
from chalicelib.features.handling.desk.act_form import ActInput
from chalicelib.features.handling.desk.actors import actor_text
from chalicelib.store.port import Store
from chalicelib.web.pages.inputs import Option
from chalicelib.web.pages.labels import CaseLabels


def conversation(
    store: Store,
    request: ComplaintRequest,
    visible: VisibleComplaint,
    record: Record,
    labels: CaseLabels,
    names: Mapping[str, str],
) -> Conversation | None:
    """None for a reader who may not see who the complainant is. `names`: of members, by id.

    It is shown also while the rest of what identifies the complainant waits to be asked for. The read is logged.
    """
    whole, part = replace(visible, hidden=frozenset()), shown.only(record)
    if IDENTITY not in whole.classes:
        return None
    caller = caller_of(visible.case, visible.asker)
    files = evidence_queries.files_of(visible.case, caller, item.among(record.stored.others)).files
    view = complaint_queries.record_view(store, request.ref, whole, request.context(visible.asker), part)
    return shown.conversation(
        view, files, labels.policy, labels.reader, lambda event: actor_text(event, names, labels.reader)
    )


def with_files(
    store: Store, request: ComplaintRequest, visible: VisibleComplaint, asked: list[ActInput], labels: CaseLabels
) -> list[ActInput]:
    """The form of a message with the sealed attachments of the case as choices; without any, it asks for none."""
    if not any(one.input.name == _INPUT for one in asked):
        return asked
    found = evidence_queries.files_of(
        visible.case, caller_of(visible.case, visible.asker), item.all_of(store, request.ref)
    ).files
    listed = shown.attachments(attachable(found), labels.policy, labels.reader)
    options = [Option(one.id, one.text) for one in listed]
    kept = [one for one in asked if options or one.input.name != _INPUT]
    return [
        replace(one, input=replace(one.input, kind="several", options=options)) if one.input.name == _INPUT else one
        for one in kept
    ]


_INPUT = f"fact.{FILES}"
