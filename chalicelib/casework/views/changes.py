"""What others did to a complaint or a unit since a caller looked: to refuse a request with an earlier version."""

from __future__ import annotations

from typing import Any

import msgspec

from chalicelib.casework.authorization import is_excluded
from chalicelib.casework.loading import Case
from chalicelib.casework.record_views import ActorView, RecordView, envelope_view, for_party
from chalicelib.casework.views.complaint_queries import may_read
from chalicelib.complaints.rights.permits import Asker
from chalicelib.kit.problem import Problem
from chalicelib.policy.language.wording.own_terms import event_label
from chalicelib.store import event_log, keys
from chalicelib.store.keys import CaseRef
from chalicelib.store.port import Store

MOST = 50
"""Of more events, the latest are listed."""


class ChangeView(msgspec.Struct, frozen=True, kw_only=True):
    """An event since the version that the caller knows. `actor`: as in the record that the caller reads."""

    id: str
    type: str
    label: dict[str, str]
    at: str
    actor: ActorView


COMPLAINT_CHANGED = "The complaint has changed since you looked."
UNIT_CHANGED = "The unit has changed since you looked."


def stale(store: Store, ref: CaseRef, case: Case, asker: Asker, known: str) -> Problem:
    """The refusal of a request about version `known`.

    `since`: the changes, as far as the caller may read them. It is missing if `known` is no earlier version, and for a
    member whom the complaint excludes.
    """
    extra: dict[str, Any] = {"etag": str(case.version)}
    is_earlier = known.isascii() and known.isdecimal() and len(known) < 10 and int(known) < case.version
    if is_earlier and not is_excluded(case.complaint, asker):
        extra["since"] = msgspec.to_builtins(_changes(store, ref, case, asker, int(known)))
    return Problem("stale", UNIT_CHANGED if keys.is_unit(ref.number) else COMPLAINT_CHANGED, extra=extra)


def _changes(store: Store, ref: CaseRef, case: Case, asker: Asker, known: int) -> list[ChangeView]:
    first = max(known + 1, case.version - MOST + 1)
    found = event_log.read_between(store, ref.pk, first, case.version, MOST)
    shown = [envelope_view(event) for event in found if may_read(event, asker)]
    if asker.kind != "staff":
        shown = for_party(RecordView(number=ref.number, events=shown, values={}, erased=[], damaged=[])).events
    document = case.policy.document
    return [
        ChangeView(
            id=one.id, type=one.type, label=event_label(document, one.type).to_json(), at=one.at, actor=one.actor
        )
        for one in shown
    ]
