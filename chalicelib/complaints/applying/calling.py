"""Messages that are told by telephone where no mail reaches the complainant: `way: telephone` in a policy's `tells`.

The task `telephone` then opens, until an attempt reaches them or the third one does not (`reaching`). A moved due time
is told in the same way as the time itself. What a filing tells needs no call: who files reads it or hears it at once.
"""

from __future__ import annotations

from collections.abc import Iterator

from chalicelib.complaints.applying.contact import COMPLAINANT, MAIL
from chalicelib.complaints.envelope import EventDraft, event_id
from chalicelib.complaints.runs import Reaching
from chalicelib.complaints.state import Complaint
from chalicelib.policy.compiled import Policy
from chalicelib.policy.language.stages import TELEPHONE
from chalicelib.policy.language.vocabulary import CANCELLING_EVENTS


def told(policy: Policy, after: Complaint, draft: EventDraft) -> Iterator[Reaching]:
    """The message, if it is to be told by telephone unless a mail reaches the complainant."""
    if _is_to_be_told(policy, after, draft):
        yield Reaching(
            about=draft.fields["about"],
            seq=after.seq,
            type=draft.type,
            at=draft.at,
            mailed=bool(after.contact.get(MAIL)),
            tried=[],
        )


def _is_to_be_told(policy: Policy, after: Complaint, draft: EventDraft) -> bool:
    fields = draft.fields
    if draft.type != "notified" or draft.act is not None or COMPLAINANT not in fields["to"] or not after.contact:
        return False
    moved = {one["deadline"].partition("/")[0] for one in fields.get("moved", ())}
    is_of_filing = fields["about"] == event_id(after.number, 1)
    clocks = policy.telephoned or frozenset()
    return not clocks.isdisjoint(moved) or (TELEPHONE in fields.get("way", ()) and not is_of_filing)


def is_over(draft: EventDraft) -> bool:
    """Whether the event makes a call needless: the complainant acts, or the case ends."""
    return draft.actor.stands_for == COMPLAINANT or draft.type in CANCELLING_EVENTS
