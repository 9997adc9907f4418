"""The state of a complaint. `evolve` builds it from the events."""

from __future__ import annotations

from typing import Any

from chalicelib.complaints.envelope import EventDraft, EventFields
from chalicelib.complaints.participation import Doer, Participation
from chalicelib.complaints.runs import Reaching, Run
from chalicelib.kit.decoding import StoredPart
from chalicelib.kit.instants import MINUTE, Instant
from chalicelib.policy.language.vocabulary import CATEGORY

Changes = dict[str, Any]
"""New values of the state's attributes, by name."""


class OwedTask(StoredPart, frozen=True):
    """A task that a role has to do."""

    task: str
    role: str
    opened: Instant


class Demand(StoredPart, frozen=True, omit_defaults=True):
    """A demand for evidence. `of` is a party or a role. `every`: all kinds are needed; otherwise one is enough.

    `over`: its time has passed, and a late answer still counts. `recorded`: staff recorded an answer in the place of
    the respondent, who can still answer; or it is answered, and staff can record further papers of the complainant.
    `by_staff`: staff ask the respondent, whom the system tells nothing.
    `within`: its time, while this waits for decisions on masks; `decide_by`: when staff are next reminded of them.
    """

    of: str
    kinds: list[str]
    every: bool
    due: Instant | None
    over: bool = False
    recorded: bool = False
    by_staff: bool = False
    within: str = ""
    decide_by: Instant | None = None

    @property
    def can_be_answered(self) -> bool:
        """Whether the party can still answer it."""
        return not self.recorded or self.of != "complainant"


class PendingProposal(StoredPart, frozen=True):
    """An act that awaits approval. Its id is `<number>/<seq>` of its event. `ProposalOrigin` has the rest."""

    act: str
    by: str
    """The proposer, who must not approve it."""
    approvers: list[str]
    task: str | None = None
    """For a proposed task: the task that the approval opens."""


class ProposalOrigin(StoredPart, frozen=True, omit_defaults=True):
    """Who made a proposal, and what it is about."""

    proposer: Doer
    role: str = ""
    """The proposer's role, or the party whose statement they recorded: an act of several roles is done for it."""
    concerns: str | None = None
    """See `Result.concerns`."""
    approval: int = 0
    """See `Result.approval`."""


class ClosedWith(StoredPart, frozen=True, omit_defaults=True):
    """What the closing with another complaint ended, for an objection that takes it up again. `at`: when it was closed;
    `stage` and `runs`: as they were."""

    at: Instant
    stage: str
    runs: list[Run] = []


class Complaint(StoredPart, frozen=True, kw_only=True, omit_defaults=True):
    """The state after event `seq`. Snapshots store it, so it holds no free text and no personal data."""

    number: str
    seq: int = 0
    head: str
    """Hash of the last event."""
    at: Instant = 0
    registered_at: Instant = 0
    policy: str
    calendar: str
    channel: str = ""
    stage: str = ""
    tier: int = 1
    severity: str | None = None
    signs: dict[str, list[str]] = {}
    """The signs on record of each severity class, without those that were struck."""
    category: dict[str, str] = {}
    filed_by: str = "complainant"
    """The complainant, or the role in which a member filed on their behalf."""
    repeat: int = 1
    """Which complaint about the same matter it is (`intake.repeats`), with the links as a repeat that count."""
    earlier: list[str] = []
    """The earlier complaints about the same matter: the newest that were found at filing, and those linked since."""
    unit: str | None = None
    overseers: list[str] = []
    """The roles with which people of the unit's parent see the complaint (`of: parent` in its version)."""
    undisclosed: bool = False
    """True until it is accepted, in a version with `accept`: the respondent does not see it, unless they are told."""
    flags: dict[str, str] = {}
    facts: dict[str, Any] = {}
    """Public values of the filing: choices, times, numbers, flags."""
    seen: dict[str, Instant] = {}
    """The time of the last event of each type."""
    runs: list[Run] = []
    """Open runs only. Ended runs are in the record."""
    told: dict[str, dict[str, Instant]] = {}
    """By open run (`Run.key`) and reader, as messages name them: the due time of which they were told last."""
    counts: dict[str, int] = {}
    """The number of runs of each clock so far."""
    assigned: dict[str, list[str]] = {}
    formerly: dict[str, list[str]] = {}
    """By role: the people who were assigned before, and are no longer."""
    proposals: dict[str, PendingProposal] = {}
    origins: dict[str, ProposalOrigin] = {}
    """By the key of the open proposal."""
    tasks: dict[str, OwedTask] = {}
    opened: dict[str, int] = {}
    """How often each task was opened."""
    asked: dict[str, Instant] = {}
    """When each task was last opened."""
    since: Instant = 0
    """The time at which the complaint entered its present stage."""
    signed: dict[str, list[str]] = {}
    """For an act that every role of its `by` must do: the roles that have done it in the present stage."""
    signers: dict[str, list[Doer]] = {}
    """The people who have done it for these roles."""
    ticked: list[str] = []
    """The lines of the present stage's guidance that are ticked off (P2.4)."""
    rating_recorded: bool = False
    """True if a member or time gave the last rating in the complainant's place, who may replace it."""
    awaited_files: int = 0
    """Files that were declared and are not yet sealed, refused or expired."""
    demands: dict[str, Demand] = {}
    """Open demands for evidence, by the sequence number of their event."""
    held: str | None = None
    """The event that began a legal hold. While it lasts, nothing is erased, neither by retention nor on request."""
    follows: str | None = None
    """The complaint that this one duplicates. Both are closed together."""
    closed_with: ClosedWith | None = None
    """Set while it is closed with that complaint."""
    parted: list[str] = []
    """Complaints with which it was linked until its complainant objected."""
    receipt: str = ""
    """A keyed hash of the receipt."""
    receipt_with: str = ""
    """The member who also holds the receipt, because they filed or reissued it for the complainant; empty if none."""
    receipt_exposed: bool = False
    """True if the receipt may be known to a former member of the organisation, or to a person whom the complaint
    excludes."""
    contact: dict[str, int] = {}
    """The ways to reach the complainant, `mail` and `phone`, each with the number of the event that gave the newest.

    0 for an address that does not work.
    """
    reaching: list[Reaching] = []
    """What they were told and clocks ask to have reached them, while a bounce or an attempt can change a run."""
    participation: Participation | None = None
    """None for a unit."""
    for_staff: list[str] = []
    """What only staff say of it and have not said yet: facts and categories, by name."""
    recused: list[Doer] = []
    """The people excluded from all acts on this complaint from now on."""

    @property
    def received_at(self) -> Instant:
        """When it arrived: for a late filing, before it was registered."""
        return min(self.seen.get("registered", self.registered_at), self.registered_at)

    @property
    def erased_at(self) -> Instant | None:
        """When its private values and files were erased. It takes no act from then on."""
        return self.seen.get("values_erased")

    @property
    def arrived_earlier(self) -> bool:
        return self.received_at < self.registered_at

    @property
    def assignees(self) -> frozenset[str]:
        return frozenset(sub for people in self.assigned.values() for sub in people)

    def ever_assigned(self, role: str) -> list[str]:
        """All who are or were assigned in this role."""
        return [*self.formerly.get(role, []), *self.assigned.get(role, [])]

    def origin(self, key: str) -> ProposalOrigin:
        """Who made the open proposal."""
        return self.origins[key]

    def demand_to_answer(self, seq: str) -> Demand | None:
        """The demand of the event with this number, if its party can still answer it."""
        found = self.demands.get(seq)
        return found if found is not None and found.can_be_answered else None

    @property
    def has_moved_times(self) -> bool:
        """Whether a reader was told of another minute than that in which a run is due now."""
        dues = ((run.due, self.told.get(run.key)) for run in self.runs if self.told)
        return any(
            at // MINUTE != due // MINUTE for due, told in dues if due is not None and told for at in told.values()
        )

    @property
    def awaits_evidence(self) -> bool:
        """True if the time of a demand runs, or has no end."""
        return any(not demand.over for demand in self.demands.values())

    def clock_state(self, clock: str) -> str:
        """The state of the clock's latest run; `none` before the first."""
        run = max((run for run in self.runs if run.clock == clock), key=lambda run: run.n, default=None)
        if run is not None and run.n == self.counts.get(clock):
            return run.state
        return "none" if self.participation is None else self.participation.ended.get(clock, "none")

    def version_of(self, _name: str) -> str:
        """The policy version that defines the open task or the clock of this name."""
        return self.policy

    def own_changes(self, _draft: EventDraft) -> Changes:
        """Changes that the event makes in another kind of aggregate, in addition to those in a complaint."""
        return {}

    def wording(self, event: str) -> str:
        """The name of the message text for this type of event."""
        return event


_STATES_CATEGORIES = frozenset({"registered", "switched"})


def corrected(type_: str, fields: EventFields) -> dict[str, str]:
    """The categories that an event after the filing corrects, or that staff choose with it.

    A policy's own field of this name holds no such table.
    """
    chosen = None if type_ in _STATES_CATEGORIES else fields.get(CATEGORY)
    return chosen if isinstance(chosen, dict) else {}
