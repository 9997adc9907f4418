"""Complaints handled live in two organisations under two policies: the reference for back-tests."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import msgspec

from chalicelib.access import binding
from chalicelib.casework.authorization import Credential
from chalicelib.casework.views import complaint_queries as complaint
from chalicelib.casework.views.complaint_views import ComplaintView
from chalicelib.complaints.fields import FormField
from chalicelib.complaints.filing import Filing
from chalicelib.complaints.runs import Run, from_json
from chalicelib.features.deadlines.wake_complaint import wake
from chalicelib.features.filing import file_complaint
from chalicelib.features.filing.file_complaint import FileComplaint
from chalicelib.features.handling import act
from chalicelib.kit.instants import DAY, HOUR, MINUTE, Instant, to_text
from chalicelib.kit.problem import Problem
from chalicelib.store import keys
from chalicelib.store.keys import CaseRef
from chalicelib.wiring import Wiring
from tests.clauses.organisation import Organisation, hire, sign_up
from tests.clauses.world import InProcess

START = "2026-11-20T09:00:00+08:00"
_WEIGHTS = {"transfer": 0.2, "refuse": 1, "notify": 1, "classify": 1, "promise": 2, "object": 1, "approve": 20}
"""Weights of the random acts, so that complaints make progress. The default is 4."""
_PLAIN_VALUES = {
    "text": "说明",
    "email": "somebody@example.com",
    "phone": "00000000000",
    "number": 7,
    "flag": True,
    "reference": "none",
}
"""By kind of field. The values of the other kinds are random."""
STAFF = ("one", "two")
"""Two people with every role, since nobody can approve their own proposal."""


@dataclass(slots=True)
class Office:
    """An organisation whose complaints are filed and handled at any instant, without the HTTP API."""

    organisation: Organisation
    world: InProcess
    staff: tuple[str, ...] = STAFF
    filed_by: Mapping[str, Any] = field(default_factory=dict)
    """By channel: the roles that alone file on it, or that file in place of complainants."""

    @property
    def wiring(self) -> Wiring:
        return self.world.fakes.wiring

    @property
    def tenant(self) -> str:
        return self.organisation.id

    def file(self, filing: Filing, now: Instant) -> Credential | None:
        """The complainant's credential, with `number`; None where the policy does not take it."""
        command = FileComplaint(
            tenant=self.tenant, credential=self._filer(filing), filing=filing, request=None, now=now
        )
        try:
            with binding.tenant(self.tenant):
                body = file_complaint.file_complaint(self.wiring, command).body
        except Problem:
            return None
        return _Filed(receipt=body["receipt"], number=body["number"])

    def _filer(self, filing: Filing) -> Credential:
        """The complainant, or on a channel of certain roles one of these members."""
        if filing.channel not in self.filed_by:
            return Credential()
        roles = self.filed_by[filing.channel]
        name = next((name for name in self.staff if name in roles), self.staff[0])
        return Credential(sub=self.organisation.subs[name])

    def act(self, filed: Credential, who: str, name: str, fields: Mapping[str, Any], now: Instant) -> bool:
        """Whether it was done."""
        command = act.ActCommand(
            tenant=self.tenant,
            number=number_of(filed),
            credential=self.credential(filed, who),
            act=name,
            fields=self._named(fields),
            request=None,
            if_match=None,
            now=now,
        )
        try:
            with binding.tenant(self.tenant):
                act.act(self.wiring, command)
        except Problem:
            return False
        return True

    def _named(self, fields: Mapping[str, Any]) -> dict[str, Any]:
        """People are named in a story as in `staff`."""
        return {
            key: [self.organisation.subs[name] for name in value] if isinstance(value, list) else value
            for key, value in fields.items()
        }

    def credential(self, filed: Credential, who: str) -> Credential:
        return filed if who == "complainant" else Credential(sub=self.organisation.subs[who])

    def seen(self, filed: Credential, who: str, now: Instant) -> ComplaintView:
        wanted = complaint.ComplaintRequest(
            tenant=self.tenant, number=number_of(filed), credential=self.credential(filed, who), now=now, route="GET"
        )
        with binding.tenant(self.tenant):
            return complaint.complaint(self.wiring, wanted)

    def wake(self, filed: Credential, now: Instant) -> None:
        with binding.tenant(self.tenant):
            wake(self.wiring, CaseRef(self.tenant, number_of(filed)), now)

    def proposals(self, filed: Credential) -> list[str]:
        """The proposals that wait, as `<number>/<seq>`, the oldest first."""
        number = number_of(filed)
        key = keys.snapshot(keys.complaint(self.tenant, number))
        with binding.tenant(self.tenant):
            body = msgspec.json.decode(self.wiring.store.get([key])[key].body)
        return [f"{number}/{seq}" for seq in sorted(map(int, body.get("proposals", {})))]

    def events(self, number: str) -> list[dict[str, Any]]:
        with binding.tenant(self.tenant):
            page = self.wiring.store.query(keys.complaint(self.tenant, number), first="E#", last="E#~", limit=1000)
        return [msgspec.json.decode(entry.body) for entry in page.entries]


class _Filed(Credential, frozen=True):
    number: str = ""


def number_of(filed: Credential) -> str:
    assert isinstance(filed, _Filed)
    return filed.number


def office(preset: str, policy: Mapping[str, Any], *, single: bool = False, published: bool = False) -> Office:
    """Create an office with two people in every role; with `single`, with one person per role.

    With `single`, the preset applies unless the policy is `published`.
    """
    world = InProcess(START)
    organisation = sign_up(world, preset)
    roles, filed_by = list(policy["people"]), policy["intake"].get("filed_by", {})
    if organisation.filer:
        filed_by = {channel: [organisation.filer] for channel in policy["intake"]["channels"]}
    if published or not single:
        world.move_to("2026-11-20T09:00:01+08:00")
        path = f"{organisation.path}/policy/publish"
        answer = world.call("POST", path, {"policy": policy}, auth=organisation.auth("owner"))
        assert answer.status == 201, answer.text
    if single:
        return Office(organisation, world, tuple(roles), filed_by)
    for name in STAFF:
        hire(organisation, roles[0], name=name, also=roles[1:])
    return Office(organisation, world, filed_by=filed_by)


@dataclass(slots=True)
class Deed:
    who: str
    act: str
    fields: dict[str, Any]
    at: Instant
    proposal: str | None = None
    """The proposal that it made, if it needed approval."""


@dataclass(slots=True)
class Story:
    """A filing and the acts on it."""

    filing: Filing
    at: Instant
    filed: Credential
    deeds: list[Deed] = field(default_factory=list)


class Teller:
    """Makes random stories by handling complaints in an office. Refused acts are left out."""

    def __init__(self, office: Office, sample: Mapping[str, Any], seed: int) -> None:
        self._office = office
        self._sample = sample
        self._random = random.Random(seed)

    def story(self, at: Instant, filing: Filing) -> Story:
        filed = self._office.file(filing, at)
        assert filed is not None
        story = Story(filing, at, filed)
        now = at
        for _ in range(self._random.randint(0, 10)):
            now += self._random.choice([5 * MINUTE, 2 * HOUR, 9 * HOUR, 2 * DAY]) + self._random.randint(0, 3000)
            if self._random.random() < 0.2:
                self._office.wake(filed, now)
            self._deed(story, now)
        return story

    def _deed(self, story: Story, now: Instant) -> None:
        who = self._who()
        seen = self._office.seen(story.filed, who, now)
        if self._does_nothing(seen.acts):
            return
        name = self._random.choices(seen.acts, [self._weight(act) for act in seen.acts])[0]
        fields = {
            one.name: self._value(one, now) for one in seen.forms[name] if one.required or self._random.random() < 0.5
        }
        if name in ("approve", "reject"):
            fields["proposal"] = self._random.choice(seen.awaiting_me)
        waiting = self._office.proposals(story.filed)
        if self._office.act(story.filed, who, name, fields, now):
            new = [one for one in self._office.proposals(story.filed) if one not in waiting]
            story.deeds.append(Deed(who, name, fields, now, new[0] if new else None))

    def _who(self) -> str:
        staff = self._office.staff
        return self._random.choices([*staff, "complainant"], [8 / len(staff)] * len(staff) + [1])[0]

    def _does_nothing(self, acts: Sequence[str]) -> bool:
        return not acts

    def _weight(self, act: str) -> float:
        return _WEIGHTS.get(act, 4)

    def needed(self, filed: Credential, who: str, name: str, now: Instant) -> dict[str, Any]:
        forms = self._office.seen(filed, who, now).forms
        return {one.name: self._value(one, now) for one in forms[name] if one.required}

    def _value(self, form: FormField, now: Instant) -> Any:
        kind, name = form.kind, form.name
        if kind in ("choice", "choices"):
            return self._random.choice(form.choices)
        if kind == "time":
            return to_text(now if name == "done_at" else now + self._random.randint(1, 60) * HOUR)
        if kind == "people":
            return [self._random.choice(self._office.staff)]
        if kind == "conditions":
            ticked = [name for name in form.choices if name not in ("in_scope", "in_time")]
            return {name: self._random.random() < 0.95 for name in ticked}
        return _PLAIN_VALUES[kind]


def lived(office: Office, story: Story) -> tuple[Credential | None, list[Deed]]:
    """Repeat the filing and acts in another office. Returns the credential (None if refused) and the refused acts."""
    filed = office.file(story.filing, story.at)
    if filed is None:
        return None, []
    proposals: dict[str, str] = {}
    refused: list[Deed] = []
    for deed in story.deeds:
        waiting = office.proposals(filed)
        fields = dict(deed.fields)
        if "proposal" in fields:
            fields["proposal"] = proposals.get(fields["proposal"], "none")
        if not office.act(filed, deed.who, deed.act, fields, deed.at):
            refused.append(deed)
        elif deed.proposal and (new := [one for one in office.proposals(filed) if one not in waiting]):
            proposals[deed.proposal] = new[0]
    return filed, refused


@dataclass(slots=True)
class Came:
    """The outcome of a live complaint, from its record."""

    runs: dict[tuple[str, int], Run] = field(default_factory=dict)
    tiers: Counter[int] = field(default_factory=Counter)
    types: list[str] = field(default_factory=list)


def came(office: Office, filed: Credential | None, until: Instant) -> Came:
    found = Came()
    if filed is None:
        return found
    office.wake(filed, until)
    for event in office.events(number_of(filed)):
        found.types.append(event["type"])
        found.runs.update({(run.clock, run.n): run for run in map(from_json, event["result"].get("clocks", []))})
        if event["type"] == "escalated":
            found.tiers[event["fields"]["tier"]] += 1
    return found
