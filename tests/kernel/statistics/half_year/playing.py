"""A half year in an organisation, played from a seed in the order of time: filings, acts, misses, a switch.

Each complaint has a turn that makes one kind of act likely in it, so that rare lives occur in every half year.
"""

from __future__ import annotations

import copy
import heapq
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from msgspec.structs import replace

from chalicelib.access import binding
from chalicelib.casework.composing import committed_event as reactions
from chalicelib.complaints.fields import FormField
from chalicelib.features.messages.relay.relay import relayed_event
from chalicelib.kit.instants import DAY, HOUR, MINUTE, Instant, from_text, to_text
from chalicelib.policy import presets
from chalicelib.workers.reactions import load_event
from tests.backtests import live
from tests.backtests.live import Office, Story, Teller, number_of
from tests.backtests.stories import filing
from tests.clauses.organisation import Organisation
from tests.kernel.statistics.played import WEIGHTS, count, wake
from tests.switching.shop import all_switched, ask

FROM = from_text("2026-11-23T09:00:00+08:00")
LENGTH = 180 * DAY
MONTH = 30 * DAY
NOW = FROM + LENGTH + HOUR
_PAUSES = (5 * MINUTE, 40 * MINUTE, 3 * HOUR, 21 * HOUR, 3 * DAY, 9 * DAY)
TURNS: dict[str, dict[str, float]] = {
    "plain": {},
    "withdrawn": {"withdraw": 200},
    "refused": {"refuse": 200},
    "linked": {"approve": 60, "contest_link": 20},
    "moved": {"extend": 120, "promise": 60, "park": 60, "forward": 60},
    "taken up again": {"decide": 60, "reply": 60, "dispute": 120, "close": 90, "reopen": 200},
    "changed": {"classify": 60, "confirm": 30, "transfer": 4},
}
_MORE: dict[str, float] = {"decide": 40, "reply": 30, "inspect": 12, "mediate": 12, "agree": 12, "accept": 25}
_MORE |= {"assign": 15, "execute": 20, "close": 20, "archive": 20, "park": 1, "extend": 3, "dispute": 4, "reopen": 2}
_MORE |= {"withdraw": 0.5, "supplement": 1, "resume": 1, "confirm": 3}
"""So that many lives come to an answer."""
_IN_OTHER_RECORDS = ("duplicates", "units")


def inspectorate(version: int) -> dict[str, Any]:
    """The preset of an authority that may extend the time of its decision, and park a case. Version 2 has more time."""
    document = _preset("food-drug-administration")
    document["fields"] |= {
        "clock": {"zh": "期限", "en": "The deadline"},
        "until": {"zh": "延长至", "en": "Until when", "kind": "time", "tense": "future"},
    }
    document["fields"]["paid"] = {"zh": "退款金额", "en": "Amount paid", "kind": "number", "sum": "money"}
    acts = document["stages"]["investigating"]
    acts["decide"]["takes"] = ["paid"]
    acts["extend"] = {"by": "leader", "needs": ["clock", "until", "reason"], "tells": "complainant"}
    acts["park"] = {"by": "leader", "to": "parked", "needs": ["reason"], "tells": "complainant"}
    parked = {"name": {"zh": "暂缓办理", "en": "Parked"}, "forward": {"by": "leader", "to": "investigating"}}
    document["stages"]["parked"] = parked
    decision = document["clocks"]["decision"]
    decision["paused_in"] = "parked"
    decision["within"][0]["limit"] = f"{4 + version} working days"
    return document


def estate(version: int) -> dict[str, Any]:
    """The preset of a property manager, whose version 2 gives less time for the reply."""
    document = _preset("property-management")
    document["clocks"]["reply"]["within"] = {1: "24 hours", 2: "20 hours"}[version]
    return document


def _preset(name: str) -> dict[str, Any]:
    """Its last tier is told once of what is late, not for ever."""
    document = {**copy.deepcopy(dict(presets.document(name))), "examples": []}
    document["tiers"][-1].pop("again")
    return document


@dataclass(frozen=True)
class Kind:
    preset: str
    document: Callable[[int], dict[str, Any]]
    units: tuple[str, ...] = ()


KINDS = {
    "inspectorate": Kind("food-drug-administration", inspectorate),
    "estate": Kind("property-management", estate, ("north", "south", "harbour")),
}


@dataclass
class _Life:
    story: Story
    turn: str
    left: int


@dataclass
class HalfYear(Teller):
    """Plays one organisation."""

    kind: Kind
    complaints: int
    seed: int
    lives: list[_Life] = field(default_factory=list)

    def __post_init__(self) -> None:
        office = live.office(self.kind.preset, self.kind.document(1))
        super().__init__(office, self.kind.document(1)["sample"], self.seed)
        for unit in self.kind.units:
            made = ask(self.organisation, "POST", "/units", {"id": unit, "name": unit})
            assert made.status == 201, made.text

    @property
    def office(self) -> Office:
        return self._office

    @property
    def organisation(self) -> Organisation:
        return self._office.organisation

    def play(self) -> Office:
        draw, document = self._random, self.kind.document(1)
        dates = sorted(FROM + draw.randrange(LENGTH - DAY) // MINUTE * MINUTE for _ in range(self.complaints))
        todo: list[tuple[Instant, int, Callable[[Instant], None]]] = []
        for place, at in enumerate(dates):
            heapq.heappush(todo, (at, place, lambda now: self._file(document, now)))
        for number in range(1, LENGTH // MONTH + 1):
            heapq.heappush(todo, (FROM + number * MONTH, -number, self._switch if number == 3 else self._month))
        self._todo = todo
        while todo and todo[0][0] < NOW - HOUR:
            at, _, deed = heapq.heappop(todo)
            deed(at)
        self._month(NOW)
        return self._office

    def _month(self, now: Instant) -> None:
        """What is due has happened, and is counted. A sweep would also send thousands of messages."""
        self.office.world.jump_to(to_text(now))
        for life in self.lives:
            wake(self.office, life.story.filed, now)
        self._react(now)
        count(self.office, now)

    def _switch(self, now: Instant) -> None:
        self._month(now)
        made = ask(self.organisation, "POST", "/policy/publish", {"policy": self.kind.document(2)})
        assert made.status == 201, made.text
        assert all_switched(self.organisation)["counts"]["switched"] > 0

    def _file(self, document: dict[str, Any], now: Instant) -> None:
        draw = self._random
        asked = filing(self, document, now)
        facts = {**asked.facts, "complainant.phone": f"000000{draw.randrange(4 * self.complaints):05d}"}
        if self.lives and draw.random() < 0.2:
            facts["complainant.phone"] = draw.choice(self.lives).story.filing.facts["complainant.phone"]
        unit = draw.choice(self.kind.units) if self.kind.units and draw.random() < 0.7 else None
        made = replace(asked, facts=facts | self._dates(document, now), unit=unit)
        filed = self.office.file(made, now)
        if filed is None:
            return
        life = _Life(
            Story(made, now, filed), draw.choices([*TURNS], [4, *[1] * (len(TURNS) - 1)])[0], draw.randint(4, 26)
        )
        self.lives.append(life)
        self._next(life, now)

    def _dates(self, document: dict[str, Any], now: Instant) -> dict[str, str]:
        """Days, of which some lie so far back that the complaint is out of time."""
        days = [name for name, fact in document["intake"]["facts"].items() if fact.get("kind") == "date"]
        return {name: to_text(now - self._random.choice([0, 0, 0, 6]) * DAY)[:10] for name in days}

    def _next(self, life: _Life, now: Instant) -> None:
        at = now + self._random.choice(_PAUSES) + self._random.randint(0, 3000)
        heapq.heappush(self._todo, (at, self._random.randrange(10**9), lambda then: self._go_on(life, then)))

    def _go_on(self, life: _Life, now: Instant) -> None:
        self._turn = TURNS[life.turn]
        if life.turn == "linked" and self._random.random() < 0.3:
            self._link(life, now)
        else:
            self._deed(life.story, now)
        self._react(now)
        life.left -= 1
        if life.left:
            self._next(life, now)

    def _link(self, life: _Life, now: Instant) -> None:
        """A link to any other complaint. Forms of acts do not list it."""
        fields = {"to": number_of(self._random.choice(self.lives).story.filed), "reason": "说明"}
        self.office.act(life.story.filed, self._random.choice(self.office.staff), "link", fields, now)

    def _react(self, now: Instant) -> None:
        """What the new events cause in other records. The other reactions, such as thousands of mails, are left out."""
        world = self.office.world
        new = [relayed_event(record.key) for record in world.fakes.store.stream_after(world.relayed)]
        world.forget()
        for relayed in filter(None, new):
            committed = load_event(self.office.wiring.store, self.office.wiring.compiled, relayed)
            for reaction in reactions.composed():
                if committed is not None and reaction.name in _IN_OTHER_RECORDS and reaction.applies(committed):
                    with binding.tenant(self.office.tenant):
                        reaction.run(self.office.wiring, committed, now)

    def _who(self) -> str:
        return self._random.choices([*self.office.staff, "complainant"], [3, 3, 2])[0]

    def _does_nothing(self, acts: Sequence[str]) -> bool:
        return not acts or (
            list(acts) == ["withdraw"] and "withdraw" not in self._turn and self._random.random() < 0.95
        )

    def _weight(self, act: str) -> float:
        return self._turn.get(act, _MORE.get(act, WEIGHTS.get(act, 6)))

    def _value(self, form: FormField, now: Instant) -> Any:
        if form.kind == "time" and form.name in ("done_at", "mediated_at"):
            return to_text(now - self._random.choice([MINUTE, 30 * HOUR]))
        if form.name == "until":
            return to_text(now + self._random.randint(1, 45) * DAY)
        if form.name == "clock":
            return "decision"
        if form.kind == "unit":
            return self._random.choice(self.kind.units)
        return super()._value(form, now)
