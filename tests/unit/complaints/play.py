"""Random lives of complaints: filings, acts by anybody, and pauses, recorded as casework records them."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
from hypothesis import strategies as st

from chalicelib.complaints import acts, filing
from chalicelib.complaints.advance import advance
from chalicelib.complaints.envelope import Actor, Event, EventDraft, PrivateValue, RecordPosition, Result, chain_event
from chalicelib.complaints.filing import Filing
from chalicelib.complaints.flow import Flow
from chalicelib.complaints.permits import COMPLAINANT, ActRequest, Asker, Grant
from chalicelib.complaints.state import Complaint, evolve
from chalicelib.instants import DAY, HOUR, MINUTE, SECOND, Instant, from_text, to_text
from chalicelib.policy import presets, publishing
from chalicelib.policy.compiled import Policy, compile_policy
from chalicelib.policy.language.conditions import holds
from chalicelib.policy.language.facts import RequiredWhen
from chalicelib.problem import Problem

NUMBER = "202611-000001"
START = from_text("2026-11-27T09:00:00+08:00")
HOSTILE = "hostile"
POLICIES = [*presets.names(), HOSTILE]
ENDS = ("withdraw", "refuse", "transfer")
"""Acts that end a life early. They are drawn rarely."""
STEPS = [0, 1, 30 * SECOND, 20 * MINUTE, 2 * HOUR, 9 * HOUR, 30 * HOUR, 8 * DAY, 40 * DAY]


@cache
def policy(name: str) -> Policy:
    """A compiled preset, or the compiled hostile policy."""
    text = (Path(__file__).parent / "hostile.yaml").read_text("utf-8") if name == HOSTILE else presets.text(name)
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
        "choice": lambda: draw(st.sampled_from(choices or ["x"])),
        "choices": lambda: choices[:1],
        "time": lambda: to_text(now + draw(st.sampled_from([1, HOUR, 50 * HOUR, 0, -HOUR]))),
        "number": lambda: draw(st.sampled_from([0, 1.5, 10**12])),
        "flag": lambda: draw(st.booleans()),
        "people": lambda: [draw(st.sampled_from(staff(policy))).id],
        "reference": lambda: choices[:1],
        "conditions": lambda: {name: draw(st.booleans()) or draw(st.booleans()) for name in choices},
    }
    return fitting[kind]()


def given(draw: st.DrawFn, life: Life, act: str, asker: Asker, now: Instant) -> dict[str, Any]:
    """Values for the fields of the act."""
    form = acts.form(life.policy, life.complaint, asker, act)
    chosen = [one for one in form if one.required or draw(st.booleans())]
    return {one.name: value(draw, life.policy, one.kind, list(one.choices), now) for one in chosen}


def a_filing(draw: st.DrawFn, policy: Policy, now: Instant) -> Filing:
    intake = policy.document.intake
    sample = policy.document.sample
    facts = dict(sample.facts) if sample else {"content": "内容"}
    kinds = {
        name: draw(st.sampled_from(sorted(of_it)))
        for name, of_it in intake.categories.items()
        if name in intake.required or draw(st.booleans())
    }
    optional = {name: fact for name, fact in intake.facts.items() if fact.required is False and fact.kind != "text"}
    for name, fact in optional.items():
        if draw(st.booleans()):
            about = now + (-60 if fact.tense == "past" else 50) * HOUR
            facts[name] = value(draw, policy, fact.kind, list(fact.choices), about)
    severity = draw(st.sampled_from([None, *policy.classes]))
    channel = draw(st.sampled_from(sorted(intake.channels)))
    case = {**kinds, "channel": channel, "severity": severity or next(iter(policy.classes), "none")}
    for name, fact in intake.facts.items():
        if isinstance(fact.required, RequiredWhen) and holds(fact.required.when, case):
            facts[name] = value(draw, policy, fact.kind, list(fact.choices), now)
    return Filing(channel, facts, severity, kinds)


def an_act(draw: st.DrawFn, life: Life, now: Instant) -> tuple[ActRequest, Asker]:
    """Mostly an act that is open to the asker; otherwise any act by anybody."""
    askers = [*staff(life.policy), COMPLAINANT]
    if draw(st.integers(0, 4)) == 0:
        return ActRequest(draw(st.sampled_from(["accept", "approve", "do_task", "close", "nonsense"]))), draw(
            st.sampled_from(askers)
        )
    able: dict[str, list[Asker]] = {}
    for one in askers:
        for name in acts.open_to(life.policy, life.complaint, one):
            able.setdefault(name, []).append(one)
    going_on = [name for name in able if name not in ENDS or draw(st.integers(0, 9)) == 0]
    if not going_on:
        return ActRequest("note"), draw(st.sampled_from(askers))
    name = "approve" if "approve" in able and draw(st.booleans()) else draw(st.sampled_from(going_on))
    asker = draw(st.sampled_from(able[name]))
    if name in ("approve", "reject"):
        key = draw(st.sampled_from(sorted(life.complaint.proposals)))
        return ActRequest(name, {"proposal": f"{NUMBER}/{key}"}, life.open[key]), asker
    return ActRequest(name, given(draw, life, name, asker, now)), asker


@st.composite
def lives(draw: st.DrawFn, names: tuple[str, ...] = tuple(POLICIES)) -> tuple[Life, Instant]:
    """A life and the time it has reached. By then, no event or many events may be due."""
    ready = policy(draw(st.sampled_from(names)))
    now = START + draw(st.integers(0, 9 * DAY // MINUTE)) * MINUTE
    life = filed(ready, a_filing(draw, ready, now), now)
    for _ in range(draw(st.integers(0, 24))):
        now += draw(st.sampled_from(STEPS[: draw(st.integers(3, len(STEPS)))]))
        if draw(st.integers(0, 9)):
            asked, asker = an_act(draw, life, now)
            life.act(asked, asker, now)
    return life, now + draw(st.sampled_from(STEPS))
