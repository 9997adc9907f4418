"""Whether the retention of a complaint has ended, and the event that says so."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import chain, repeat
from typing import Literal

import msgspec

from chalicelib.casework import commit, due_events, snapshot
from chalicelib.casework.loading import Case, parse_complaint
from chalicelib.complaints.applying import erasing
from chalicelib.features.evidence import item
from chalicelib.kit.instants import Instant, to_text
from chalicelib.policy.compiled import Policy
from chalicelib.policy.worktime import due_time, parse_limit
from chalicelib.store import event_log, reads
from chalicelib.store.conflicts import retry_or_refuse
from chalicelib.store.keys import CaseRef
from chalicelib.store.port import Entry, Key
from chalicelib.wiring import Wiring

Entries = Mapping[Key, Entry]
Outcome = Literal["erased", "gone", "waits", "held", "failed"]
"""`gone`: nothing was left to erase. `waits`: it has not ended, or not long enough ago. `held`: a legal hold wins."""


class Retained(msgspec.Struct, frozen=True):
    """The retention of the version in force at a time. `kept`: its limit text."""

    policy: Policy
    kept: str
    now: Instant

    def until(self, ended: Instant) -> Instant | None:
        return due_time(self.policy.calendar, parse_limit(self.kept), ended).due

    def is_over(self, ended: Instant) -> bool:
        until = self.until(ended)
        return until is not None and until <= self.now

    def erase_if_over(self, wiring: Wiring, ref: CaseRef, read: Entries) -> Outcome:
        """Records that the values are erased, if the retention has ended. The caller binds the tenant.

        `read`: with the snapshot, as it was read a moment ago. If it has changed since, it is read again.
        """
        entries = chain([read], repeat(None))
        return retry_or_refuse(
            lambda: self._attempt(wiring, ref, next(entries)), "Others acted on it at the same time."
        )

    def _attempt(self, wiring: Wiring, ref: CaseRef, read: Entries | None) -> Outcome:
        key = snapshot.complaint_key(ref)
        entries = wiring.store.get([key]) if read is None else read
        if key not in entries or entries[key].kind == snapshot.VOID_KIND:
            return "gone" if key in entries else "waits"  # without a snapshot, the filing goes on, or it is lost
        case = parse_complaint(wiring.compiled, ref, entries)
        outcome = self._outcome(case)
        return outcome if outcome != "erased" else self._record(wiring, ref, case)

    def _outcome(self, case: Case) -> Outcome:
        complaint = case.complaint
        if complaint.erased_at is not None:
            return "gone"
        ended = erasing.ended_at(case.policy, complaint)
        if ended is None or complaint.awaited_files or not self.is_over(ended):
            return "waits"
        return "erased" if complaint.held is None else "held"

    def _record(self, wiring: Wiring, ref: CaseRef, case: Case) -> Outcome:
        """What fell due before is recorded first. It can lead the complaint on, and then nothing is erased."""
        flow = due_events.apply(wiring.store, wiring.sealer, ref.tenant, case, self.now)
        outcome = self._outcome(Case(flow.complaint, case.entries, lambda: flow.policy))
        ended = erasing.ended_at(flow.policy, flow.complaint)
        if outcome == "erased" and ended is not None and (until := self.until(ended)) is not None:
            stored = event_log.read_record(wiring.store, ref.pk, reads.PAGE_SIZE, evidence=True)
            fields = {
                "asked_by": "retention",
                "kept": self.kept,
                "version": self.policy.version,
                "ended_at": to_text(ended),
                "values": len(stored.private_values),
                "files": sum(one.state == item.SEALED for one in item.among(stored.others)),
            }
            erasing.erase(flow, max(self.now, flow.complaint.at), until, fields)
        if flow.drafts:
            wiring.store.commit(commit.writes(wiring.sealer, ref.tenant, flow, self.now)[1])
        return outcome
