"""Other complaints with which a complaint is linked, and the pages about it to which its reader can go."""

from __future__ import annotations

import msgspec

from chalicelib.casework.record_views import RecordView
from chalicelib.casework.views import read_log
from chalicelib.casework.views.complaint_queries import VisibleComplaint
from chalicelib.casework.views.complaint_views import ComplaintView
from chalicelib.complaints.acting.office import links
from chalicelib.complaints.envelope import LINKED_AS
from chalicelib.complaints.rights.confidentiality import CONTENT
from chalicelib.policy.compiled import Policy
from chalicelib.policy.language.conditions import REPEAT


class Related(msgspec.Struct, frozen=True, kw_only=True):
    """`follows`: the complaint that this one duplicates. `followers`: its newest duplicates. `earlier`: about the same
    matter. `linked`: others to which a member linked it. `unlinks`: whether the reader can end the link of a duplicate.
    `events`: of the record. `similar` and `reads`: whether the reader may open these pages.
    """

    follows: str
    followers: list[str]
    earlier: list[str]
    linked: list[str]
    unlinks: bool
    events: int
    similar: bool
    reads: bool


def related(
    policy: Policy, view: ComplaintView, record: RecordView, visible: VisibleComplaint, followers: list[str]
) -> Related:
    follows = "" if view.follows is msgspec.UNSET or view.follows is None else view.follows
    earlier = [] if view.earlier is msgspec.UNSET else view.earlier
    linked = [
        str(event.fields["to"])
        for event in record.events
        if event.type == "linked" and event.fields.get(LINKED_AS) != REPEAT
    ]
    complaint, asker = visible.case.complaint, visible.asker
    return Related(
        follows=follows,
        followers=followers,
        earlier=list(earlier),
        linked=[one for one in dict.fromkeys(linked) if one not in (follows, *earlier)],
        unlinks=links.can_unlink(policy, complaint, asker),
        events=len(record.events),
        similar=CONTENT in visible.classes,
        reads=read_log.is_auditor(policy, complaint, asker),
    )
