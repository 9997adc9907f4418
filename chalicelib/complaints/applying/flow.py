"""A flow: a sequence of event drafts, each with its consequences for stage, severity, flags and clocks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec.structs import replace

from chalicelib.complaints import runs
from chalicelib.complaints.applying.evolve import evolve
from chalicelib.complaints.applying.pending_state import recipients
from chalicelib.complaints.condition_context import flags_with_route
from chalicelib.complaints.deadlines import clocks
from chalicelib.complaints.envelope import SYSTEM, EventDraft, EventFields, Occurrence, Result, Secrets, event_id
from chalicelib.complaints.rights.exclusion import RECUSED, handed_over, without
from chalicelib.complaints.runs import Run
from chalicelib.complaints.state import Complaint
from chalicelib.kit.instants import Instant
from chalicelib.policy.compiled import Policy
from chalicelib.policy.language.conditions import REACHED
from chalicelib.policy.language.vocabulary import HANDING_ON
from chalicelib.policy.worktime import spend

if TYPE_CHECKING:
    from chalicelib.complaints.applying.contact import FormerAddress
    from chalicelib.complaints.applying.masking import Masking


_FURTHER = frozenset(Result.__struct_fields__) - {"stage", "tier", "severity", "flags", "clocks"}
"""What an event's result says besides the state that every event repeats."""


class Savepoint(msgspec.Struct, frozen=True):
    """A point in a flow to which it can return: the state, the number of drafts so far, and the policy of the unit."""

    complaint: Complaint
    drafts: int
    policy: Policy


class PerformedByTime(msgspec.Struct, frozen=True):
    """An act that the system performs at the due time of a run. `name`: the part of the event's id after the number."""

    run: Run
    name: str
    due_at: Instant

    def marked(self, draft: EventDraft) -> EventDraft:
        """The event of the act. It says so if the run began though the complainant was not reached."""
        not_reached = {REACHED: False} if self.run.unreached else {}
        return replace(draft, due_at=self.due_at, name=self.name, fields={**draft.fields, **not_reached})


def _has_new_unit(before: Complaint, after: Complaint) -> bool:
    """False at the registration."""
    return before.seq > 0 and after.unit != before.unit


def _changed_runs(
    policy: Policy, after: Complaint, draft: EventDraft, performed: PerformedByTime | None, *, has_new_unit: bool
) -> Sequence[Run]:
    """The run whose due time performed the act is met before the act's consequences, so no event cancels it.

    An act that a role has yet to do starts and ends no run. Its values can change limits.
    """
    if draft.result.partial:
        draft = replace(draft, type="")
    if performed is None:
        return clocks.changed_runs(policy, after, draft, has_new_unit=has_new_unit)
    run = performed.run
    others = [one for one in after.runs if (one.clock, one.n) != (run.clock, run.n)]
    met = clocks.end(run, draft.at, runs.MET)
    rest = replace(after, runs=others)
    return [met, *clocks.changed_runs(policy, rest, draft, has_new_unit=has_new_unit)]


class Flow:
    """Collects the drafts of one command. `complaint` is always the state after the last draft."""

    def __init__(self, policy: Policy, complaint: Complaint) -> None:
        self.policy = policy
        self.before = complaint
        self.complaint = complaint
        self.drafts: list[EventDraft] = []
        self.masking: Masking | None = None
        """What the respondent reads with masks, if a time of theirs can begin."""
        self.masks_left: Callable[[], bool] | None = None
        """For reminders of what waits: whether masks are pending. None where the texts cannot be read."""
        self.former: FormerAddress | None = None
        """The complainant's e-mail address so far, for an act that corrects it."""
        self._by_time = False
        self._performed: PerformedByTime | None = None

    @contextmanager
    def by_time(self, performed: PerformedByTime | None = None) -> Iterator[None]:
        """The passing of time causes the events that are added inside. `performed` marks the first of them."""
        self._by_time, self._performed = True, performed
        try:
            yield
        finally:
            self._by_time, self._performed = False, None

    def savepoint(self) -> Savepoint:
        return Savepoint(self.complaint, len(self.drafts), self.policy)

    def roll_back(self, savepoint: Savepoint) -> None:
        """Removes the drafts after the savepoint: they were refused, or belong to the next commit."""
        self.complaint, self.policy = savepoint.complaint, savepoint.policy
        del self.drafts[savepoint.drafts :]

    def add(
        self,
        type_: str,
        occurrence: Occurrence,
        fields: EventFields | None = None,
        *,
        secrets: Secrets | None = None,
        changed: Sequence[Run] | None = None,
        **result: Any,
    ) -> str:
        """Appends an event and returns its id.

        `changed`: runs that the caller has changed itself (misses, warnings). Without it, the flow derives the changed
        runs from the event. `result`: attributes of the event's `Result`, such as a new `stage`. With `voided`, the
        caller has found the voided proposals itself.
        """
        spend(self.policy.event_steps)
        before = self.complaint
        outcome = self._outcome(result)
        if secrets and "complainant" in secrets and self.complaint.seq:
            outcome = replace(outcome, contact=self._noted(type_, secrets))
        draft = EventDraft(
            type=type_,
            at=occurrence.at,
            actor=occurrence.actor,
            act=occurrence.act,
            due_at=occurrence.due_at,
            fields=fields or {},
            result=outcome,
            secrets=secrets or {},
            name=occurrence.name,
            by_time=self._by_time,
        )
        performed, self._performed = self._performed, None
        if performed is not None:
            draft = performed.marked(draft)
        if self.policy.document.intake.routing:
            outcome = replace(outcome, flags=flags_with_route(self.policy, evolve(before, draft)))
            draft = replace(draft, result=outcome)
        if changed is None:
            changed = self._changed(draft, performed)
        if self.policy.reach or before.reaching:
            draft, changed = self._following(draft, changed)
        spend(sum(3 + (len(run.warns) + len(run.pauses)) // 4 for run in changed))
        draft = replace(draft, result=replace(draft.result, clocks=[runs.to_json(run) for run in changed]))
        return self._append(draft, knows_voided="voided" in result)

    def _following(self, draft: EventDraft, changed: Sequence[Run]) -> tuple[EventDraft, Sequence[Run]]:
        """With what follows from whether the complainant was reached."""
        from chalicelib.complaints.applying import reaching  # few policies ask for it

        before = self.complaint
        changed, told = reaching.follow(self.policy, before, evolve(before, draft), draft, changed)
        if told is not None:
            draft = replace(draft, result=replace(draft.result, reaching=runs.reaching_to_json(told)))
        return draft, changed

    def _noted(self, type_: str, secrets: Secrets) -> dict[str, int] | None:
        """The ways to reach the complainant, with those that the event notes; None without any."""
        from chalicelib.complaints.applying import contact  # few acts note one

        known, seq = self.complaint.contact, self.complaint.seq + 1
        given = contact.given(self.policy.document, secrets, seq)
        over = type_ == "corrected" and self.former is not None and self.former.fact in secrets[contact.COMPLAINANT]
        return contact.corrected(known, given, seq, takes_away=over) if given or over else None

    def _changed(self, draft: EventDraft, performed: PerformedByTime | None) -> Sequence[Run]:
        """The runs that the event changes. From a change of the unit on, the policy has the new unit's calendar."""
        before, after = self.complaint, evolve(self.complaint, draft)
        moves = _has_new_unit(before, after)
        if moves:
            self.policy = self.policy.of_unit(after.unit)
        changed = _changed_runs(self.policy, after, draft, performed, has_new_unit=moves)
        if self.masking is None:
            return changed
        from chalicelib.complaints.applying import masking  # few acts

        return masking.held(self.policy, before, self.masking, changed, draft.secrets)

    def _append(self, draft: EventDraft, *, knows_voided: bool) -> str:
        before = self.complaint
        if before.proposals and not knows_voided:
            from chalicelib.complaints.applying import voiding  # most events find no proposal

            voided = voiding.voided_by(self.policy, before, evolve(before, draft), draft)
            draft = replace(draft, result=replace(draft.result, voided=voided))
        self.complaint = evolve(before, draft)
        self.drafts.append(draft)
        about = event_id(before.number, self.complaint.seq, draft.name)
        if draft.result.voided:
            self._tell_proposers(before, draft, about)
        if self.complaint.formerly is not before.formerly:
            self._tell_replaced(before, draft, about)
        return about

    def _tell_proposers(self, before: Complaint, draft: EventDraft, about: str) -> None:
        """Tells the proposers of the proposals that the event voided."""
        voided = [before.proposals[key] for key in draft.result.voided]
        to = [one for proposal in voided for one in recipients(proposal.by)]
        if to:
            acts = list(dict.fromkeys(proposal.act for proposal in voided))
            self.notify(to, about=about, at=draft.at, wording="voided", proposed=acts)

    def _tell_replaced(self, before: Complaint, draft: EventDraft, about: str) -> None:
        """Tells the people whom the event leaves without any role in the complaint, but not one who did it."""
        left = before.assignees - self.complaint.assignees - {draft.actor.id}
        if left:
            self.notify(sorted(f"@{sub}" for sub in left), about=about, at=draft.at, wording="replaced", due=None)

    def notify(self, to: Sequence[str], *, about: str, at: Instant, wording: str, **values: Any) -> None:
        """Adds `notified`. `to`: roles, `complainant`, or people as `@<sub>`. Delivery finds the people of a role.

        People whom a recusal excludes are left out. If they are the only recipients, no message is sent.
        `values` are the placeholders of the message text. `due` defaults to the earliest deadline, except for a task;
        with None, the message tells none.
        """
        to, left_out = without(self.complaint.recused, list(dict.fromkeys(to)), values)
        fields: EventFields = {**values, **left_out}
        if wording in _HANDING_OVER:
            fields |= handed_over(self.policy, self.before, self.complaint, wording)
        if not {"due", "task"} & values.keys():
            fields.update(runs.due_field(runs.earliest(self.complaint.runs)))
            if not says_due(self.policy, wording):
                fields["deadline"] = values.get("deadline")
        if fields.get("deadline") is None or says_due(self.policy, wording) is False:
            fields.pop("deadline", None)
        if fields.get("due", "") is None:
            del fields["due"]
        if self.complaint.unit is not None:
            fields["unit"] = self.complaint.unit
        if "complainant" in to and "address" not in values and self.complaint.contact.get("mail", 1) > 1:
            fields["address"] = self.complaint.contact["mail"]
        for suited, names in _by_wording(self, wording, to).items():
            told = {"about": about, "wording": self.complaint.wording(suited), **fields}
            for some, moved in _by_moves(self, names):
                # Such a message starts and stops no clock. Only the act `notify` does.
                self.add("notified", Occurrence(at, SYSTEM), {"to": some, **told, **moved}, changed=[])

    def tell_moves(self) -> None:
        """Tells those who were told of a due time that it has moved, unless a message about the event has done so.

        To be called after each event and its messages.
        """
        if self.complaint.has_moved_times:
            from chalicelib.complaints.applying import moves  # most events move no due time

            news = moves.rest(moves.Drafted(self.before, self.drafts, self.complaint))
            if news is not None:
                self.notify(news.to, about=news.about, at=news.at, wording=runs.DUE_MOVED, due=None)

    def _outcome(self, result: Mapping[str, Any]) -> Result:
        before = self.complaint
        return Result(
            stage=result.get("stage", before.stage),
            tier=result.get("tier", before.tier),
            severity=result.get("severity", before.severity),
            flags=result.get("flags", before.flags),
            **{name: value for name, value in result.items() if name in _FURTHER},
        )


def says_due(policy: Policy, wording: str) -> bool | None:
    """Whether the policy's text says the due time. None if it leaves the text to the language."""
    text = policy.document.wording.get(wording)
    return None if text is None else "{due}" in text.zh + text.en


def _by_moves(flow: Flow, names: Sequence[str]) -> Iterable[tuple[Sequence[str], EventFields]]:
    """The readers, without those to be told of moved due times, who have these among the fields of their message."""
    if not names or not flow.complaint.has_moved_times:
        return [(names, {})] if names else []
    from chalicelib.complaints.applying import moves  # most events move no due time

    return moves.by_reader(moves.Drafted(flow.before, flow.drafts, flow.complaint), names)


_HANDING_OVER = ("assigned", RECUSED)
"""Messages that say what other people must repeat."""


def _by_wording(flow: Flow, wording: str, to: Sequence[str]) -> Mapping[str, Sequence[str]]:
    """The recipients by the wording that suits them."""
    if wording not in HANDING_ON:
        return {wording: to}
    from chalicelib.complaints.applying import work  # few messages ask for work

    return work.by_wording(flow.policy, flow.complaint, wording, to)
