"""Random lives of complaints: filings, acts by anybody, and pauses, recorded as casework records them."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import msgspec
from hypothesis import strategies as st

from chalicelib.complaints import filing, of_staff
from chalicelib.complaints.acting import acts, open_acts
from chalicelib.complaints.acting.advance import advance
from chalicelib.complaints.applying.evolve import evolve
from chalicelib.complaints.applying.flow import Flow
from chalicelib.complaints.envelope import Actor, Event, EventDraft, PrivateValue, RecordPosition, Result, chain_event
from chalicelib.complaints.filing import Filing
from chalicelib.complaints.rights.permits import COMPLAINANT, ActRequest, Asker, Grant
from chalicelib.complaints.state import Complaint
from chalicelib.kit.instants import DAY, HOUR, MINUTE, SECOND, Instant, from_text, to_text
from chalicelib.kit.problem import Problem
from chalicelib.policy import presets, publishing
from chalicelib.policy.compiled import Policy, compile_policy
from chalicelib.policy.language.conditions import holds
from chalicelib.policy.language.facts import RequiredWhen
from chalicelib.policy.language.intake import Intake
from tests.helpers.fakes.prepared_presets import prepared

NUMBER = "202611-000001"
START = from_text("2026-11-27T09:00:00+08:00")
HOSTILE = "hostile"
POLICIES = [*presets.names(), HOSTILE]
ENDS = ("withdraw", "refuse", "transfer")
"""Acts that end a life early. They are drawn rarely."""
ANY_ACTS = ["accept", "approve", "do_task", "close", "nonsense"]
STEPS = [0, 1, 30 * SECOND, 20 * MINUTE, 2 * HOUR, 9 * HOUR, 30 * HOUR, 8 * DAY, 40 * DAY]


_EITHER = st.booleans()
_MINUTES = st.integers(0, 9 * DAY // MINUTE)


@cache
def _between(least: int, most: int) -> st.SearchStrategy[int]:
    return st.integers(least, most)


@lru_cache(maxsize=2_000)
def _one_of(among: tuple[Any, ...]) -> st.SearchStrategy[Any]:
    """Made once: to make a strategy takes longer than to draw from it."""
    return st.sampled_from(among)


def pick(draw: st.DrawFn, among: Iterable[Any]) -> Any:
    return draw(_one_of(tuple(among)))


@cache
def policy(name: str) -> Policy:
    """A compiled preset, or the compiled hostile policy."""
    if name != HOSTILE:
        return compile_policy(prepared(name).document, "1")
    text = (Path(__file__).parent / "hostile.yaml").read_text("utf-8")
    return compile_policy(publishing.prepare(text).document, "1")


def staff(policy: Policy) -> list[Asker]:
    """One person in each role, and one in all of them."""
    single = [Asker("staff", f"sub-{role}", (Grant(role),)) for role in policy.document.people]
    return [*single, Asker("staff", "sub-all", tuple(Grant(role) for role in policy.document.people))]


@dataclass
class Life:
    """A complaint, its recorded events, and its commits."""

    policy: Policy
    complaint: Complaint
    events: list[Event] = field(default_factory=list)
    private: list[PrivateValue] = field(default_factory=list)
    commits: list[list[EventDraft]] = field(default_factory=list)
    open: dict[str, dict[str, Any]] = field(default_factory=dict)
    """The fields of each open proposal."""

    def commit(self, flow: Flow, now: Instant) -> None:
        head = flow.before.head
        for position, draft in enumerate(flow.drafts):
            seq = flow.before.seq + 1 + position
            made = chain_event(
                draft, RecordPosition(NUMBER, seq, head, policy="1", calendar="c"), recorded_at=now, salt=salt
            )
            head = made.event.hash
            self.events.append(made.event)
            self.private.extend(made.private)
            if draft.type == "proposed":
                secret = {key: value for values in draft.secrets.values() for key, value in values.items()}
                hidden = ("act", "approvers", "given")
                public = {key: value for key, value in draft.fields.items() if key not in hidden}
                self.open[str(seq)] = {**public, **secret}
        self.commits.append(flow.drafts)
        self.complaint = msgspec.structs.replace(flow.complaint, head=head)

    def wait(self, now: Instant) -> None:
        """Advances as the sweep does: commit by commit until nothing is due."""
        finished = False
        while not finished:
            flow = Flow(self.policy, self.complaint)
            finished = advance(flow, now)
            self.commit(flow, now)

    def act(self, asked: ActRequest, asker: Asker, now: Instant) -> str | None:
        """Does the act and records it. Returns the kind of problem if it is refused, otherwise None."""
        self.wait(now)
        flow = Flow(self.policy, self.complaint)
        try:
            acts.decide(flow, asked, asker, now)
        except Problem as problem:
            assert flow.drafts == []
            assert flow.complaint is self.complaint
            return problem.kind
        self.commit(flow, now)
        return None


def salt() -> str:
    return "5a" * 32


def filed(policy: Policy, wanted: Filing, now: Instant) -> Life:
    accepted = filing.check(policy, wanted, now)
    flow = filing.register(policy, accepted, number=NUMBER, receipt="kept", actor=COMPLAINANT.actor(), now=now)
    life = Life(policy, flow.before)
    life.commit(flow, now)
    return life


def replayed(events: list[Event], policy: Policy) -> Complaint:
    """The state built only from the JSON of the record."""
    raw = json.loads(msgspec.json.encode(events))
    complaint = Complaint(number=NUMBER, head="0" * 64, policy=raw[0]["policy"], calendar=policy.calendar.edition)
    for event in raw:
        draft = EventDraft(
            type=event["type"],
            at=from_text(event["at"]),
            actor=msgspec.convert(event["actor"], Actor),
            act=event.get("act"),
            fields=event["fields"],
            result=msgspec.convert(event["result"], Result),
        )
        complaint = msgspec.structs.replace(evolve(complaint, draft), head=event["hash"])
    return complaint


def value(draw: st.DrawFn, policy: Policy, kind: str, choices: list[str], now: Instant) -> Any:
    """A value that is mostly valid."""
    fitting: dict[str, Callable[[], Any]] = {
        "text": lambda: "内容",
        "email": lambda: "somebody@example.com",
        "phone": lambda: "00000000000",
        "choice": lambda: pick(draw, choices or ["x"]),
        "choices": lambda: choices[:1],
        "date": lambda: to_text(now + pick(draw, [0, DAY, -DAY]))[:10],
        "time": lambda: to_text(now + pick(draw, [1, HOUR, 50 * HOUR, 0, -HOUR])),
        "number": lambda: pick(draw, [0, 1.5, 10**12]),
        "flag": lambda: draw(_EITHER),
        "people": lambda: [pick(draw, staff(policy)).id],
        "reference": lambda: choices[:1],
        "conditions": lambda: {name: draw(_EITHER) or draw(_EITHER) for name in choices},
    }
    return fitting[kind]()


def given(draw: st.DrawFn, life: Life, act: str, asker: Asker, now: Instant) -> dict[str, Any]:
    """Values for the fields of the act."""
    form = open_acts.form(life.policy, life.complaint, asker, act)
    chosen = [one for one in form if one.required or draw(_EITHER)]
    return {one.name: value(draw, life.policy, one.kind, list(one.choices), now) for one in chosen}


def a_filing(draw: st.DrawFn, policy: Policy, now: Instant) -> Filing:
    """By staff or by the complainant, who leaves out what only staff say."""
    sample = policy.document.sample
    intake = _without(policy.document.intake, of_staff.names(policy.document) if draw(_EITHER) else [])
    facts = {name: one for name, one in sample.facts.items() if name in intake.facts} if sample else {"content": "内容"}
    kinds = {
        name: pick(draw, sorted(of_it))
        for name, of_it in intake.categories.items()
        if name in (*intake.required, *intake.chosen_by_staff) or draw(_EITHER)
    }
    optional = {name: fact for name, fact in intake.facts.items() if fact.required is False and fact.kind != "text"}
    for name, fact in optional.items():
        if draw(_EITHER):
            about = now + (-60 if fact.tense == "past" else 50) * HOUR
            facts[name] = value(draw, policy, fact.kind, list(fact.choices), about)
    severity = pick(draw, [None, *policy.classes])
    channel = pick(draw, sorted(intake.channels))
    case = {**kinds, "channel": channel, "severity": severity or next(iter(policy.classes), "none")}
    for name, fact in intake.facts.items():
        if isinstance(fact.required, RequiredWhen) and holds(fact.required.when, case):
            facts[name] = value(draw, policy, fact.kind, list(fact.choices), now)
    return Filing(channel, facts, severity, kinds)


def _without(intake: Intake, names: Collection[str]) -> Intake:
    facts = {name: fact for name, fact in intake.facts.items() if name not in names}
    categories = {name: labels for name, labels in intake.categories.items() if name not in names}
    return msgspec.structs.replace(intake, facts=facts, categories=categories)


def an_act(draw: st.DrawFn, life: Life, now: Instant) -> tuple[ActRequest, Asker]:
    """Mostly an act that is open to the asker; otherwise any act by anybody."""
    askers = [*staff(life.policy), COMPLAINANT]
    if draw(_between(0, 4)) == 0:
        return ActRequest(pick(draw, ANY_ACTS)), pick(draw, askers)
    able: dict[str, list[Asker]] = {}
    for one in askers:
        for name in open_acts.open_to(life.policy, life.complaint, one):
            able.setdefault(name, []).append(one)
    going_on = [name for name in able if name not in ENDS or draw(_between(0, 9)) == 0]
    if not going_on:
        return ActRequest("note"), pick(draw, askers)
    name = "approve" if "approve" in able and draw(_EITHER) else pick(draw, going_on)
    asker = pick(draw, able[name])
    if name in ("approve", "reject"):
        key = pick(draw, sorted(life.complaint.proposals))
        return ActRequest(name, {"proposal": f"{NUMBER}/{key}"}, life.open[key]), asker
    return ActRequest(name, given(draw, life, name, asker, now)), asker


@st.composite
def lives(draw: st.DrawFn, names: tuple[str, ...] = tuple(POLICIES)) -> tuple[Life, Instant]:
    """A life and the time it has reached. By then, no event or many events may be due."""
    ready = policy(pick(draw, names))
    now = START + draw(_MINUTES) * MINUTE
    life = filed(ready, a_filing(draw, ready, now), now)
    for _ in range(draw(_between(0, 24))):
        now += pick(draw, STEPS[: draw(_between(3, len(STEPS)))])
        if draw(_between(0, 9)):
            asked, asker = an_act(draw, life, now)
            life.act(asked, asker, now)
    return life, now + pick(draw, STEPS)
