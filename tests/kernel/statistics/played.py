"""Organisations whose complaints were played at random, for the comparison with a slow count."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache
from typing import Any

import pytest

from chalicelib.access import binding
from chalicelib.casework import anchor_marks, numbers, private_values
from chalicelib.complaints.fields import FormField
from chalicelib.complaints.filing import Filing
from chalicelib.kit.instants import DAY, HOUR, MINUTE, Instant, from_text, to_text
from chalicelib.policy import presets
from chalicelib.policy.compiled import Policy
from chalicelib.statistics.cells import collection
from chalicelib.store import keys
from chalicelib.store.keys import CaseRef
from chalicelib.store.port import Remove
from chalicelib.tenants import organisation
from tests.backtests import live
from tests.backtests.live import Office, Story, Teller
from tests.backtests.stories import filing, instants
from tests.helpers.searches import at_night_unless
from tests.kernel.statistics.slow_count.slow import Slow

BY_DAY = presets.names()[::6]
PLAYED = [pytest.param(one, marks=at_night_unless(one in BY_DAY)) for one in presets.names()]
"""One in six presets by day, all at night."""
NOW = from_text("2027-01-05T12:00:00+08:00")
TODAY = date(2027, 1, 5)
WEIGHTS = {
    "note": 0.2,
    "hold": 0.2,
    "release": 1,
    "link": 1,
    "assign": 2,
    "refuse": 3,
    "withdraw": 0.2,
    "recuse": 0.1,
}
WEIGHTS |= {"transfer": 0.3, "classify": 3, "extend": 30, "park": 20, "reopen": 40, "dispute": 40, "approve": 40}
"""Of the acts; the default is 6."""
NUMBER = "202611-000001"
SINGLE = frozenset({"government-service-centre"})
"""Presets that a new version replaces only after comments: they are played as they are."""


class Busy(Teller):
    """Tells long stories, in which rare acts are frequent and some acts are entered later."""

    def story(self, at: Instant, filing: Filing) -> Story:
        filed = self._office.file(filing, at)
        assert filed is not None
        story = Story(filing, at, filed)
        now = at
        for _ in range(self._random.randint(4, 26)):
            now += self._random.choice([5 * MINUTE, 40 * MINUTE, 3 * HOUR, 21 * HOUR]) + self._random.randint(0, 3000)
            self._deed(story, now)
        return story

    def _does_nothing(self, acts: Sequence[str]) -> bool:
        """Who can only withdraw seldom does, so that most stories go on to a decision."""
        return not acts or (list(acts) == ["withdraw"] and self._random.random() < 0.95)

    def _weight(self, act: str) -> float:
        return WEIGHTS.get(act, 6)

    def _value(self, form: FormField, now: Instant) -> Any:
        if form.kind == "time" and form.name == "done_at":
            return to_text(now - self._random.choice([MINUTE, 30 * HOUR]))
        if form.name == "until":
            return to_text(now + self._random.randint(1, 45) * DAY)
        if form.kind == "reference":
            return NUMBER
        return super()._value(form, now)


def policy(preset: str) -> dict[str, Any]:
    return {**copy.deepcopy(presets.document(preset)), "examples": []}


def play(preset: str, stories: int, seed: int) -> Office:
    """An organisation with that many complaints. Everything that was due by `NOW` has happened."""
    document = policy(preset)
    office = live.office(preset, document, single=preset in SINGLE)
    teller = Busy(office, document["sample"], seed)
    for at in instants(teller, stories):
        wake(office, teller.story(at, filing(teller, document, at)).filed, NOW)
    return office


def count(office: Office, now: Instant = NOW) -> None:
    """As the hourly job does, some time after the last change."""
    with binding.tenant(office.tenant):
        collection.collect(office.wiring, office.tenant, now + HOUR)
        collection.consolidate_if_due(office.wiring, office.tenant, now + HOUR)


def wake(office: Office, filed: Any, until: Instant) -> None:
    for _ in range(20):
        office.wake(filed, until)


@cache
def played(preset: str, stories: int = 30, seed: int = 7) -> Office:
    """Counted into cells. A quarter of the records still have marks, so that each question reads them again."""
    office = play(preset, stories, seed)
    count(office)
    sweep_marks(office)
    return office


def sweep_marks(office: Office) -> None:
    """As anchoring does after the count, of all partitions but the first."""
    first, *_ = anchor_marks.partitions(office.tenant)
    with binding.tenant(office.tenant):
        for page in anchor_marks.settled_marks(office.wiring.store, office.tenant, NOW + DAY, 50):
            office.wiring.store.commit([Remove(key) for key in page if key.pk != first])


@cache
def played_records(preset: str) -> list[Slow]:
    return records(played(preset))


def records(office: Office) -> list[Slow]:
    @cache
    def policy_of(version: str) -> Policy:
        with binding.tenant(office.tenant):
            return office.wiring.compiled.get(office.tenant, version)

    with binding.tenant(office.tenant):
        known = [number for number in numbers.every(office.wiring.store, office.tenant) if not keys.is_unit(number)]
    found = {number: office.events(number) for number in known}
    return [
        Slow(events, policy_of, word, TODAY)
        for (number, events), word in zip(found.items(), returning(office, known), strict=True)
        if events
    ]


def returning(office: Office, known: Sequence[str]) -> Iterator[str]:
    """For each complaint: whether an earlier one gave the same phone number or e-mail address."""
    intake, seen = policy_of_today(office).document.intake, set[str]()
    for number in known:
        given = identities(office, number, {*intake.email, intake.phone})
        yield "" if not given else "yes" if given & seen else "no"
        seen |= given


def policy_of_today(office: Office) -> Policy:
    with binding.tenant(office.tenant):
        key = keys.snapshot(keys.organisation(office.tenant))
        org = organisation.parse(office.wiring.store.get([key])[key])
        return office.wiring.compiled.get(office.tenant, org.policy_at(NOW))


def identities(office: Office, number: str, facts: set[str | None]) -> set[str]:
    """The given values of these facts, which the played stories always write in the same way."""
    ref, found = CaseRef(office.tenant, number), dict[str, Any]()
    with binding.tenant(office.tenant):
        for entry in office.wiring.store.get(private_values.keys_of_event(ref, 1)).values():
            found |= private_values.open_value(office.wiring.sealer, ref, entry).values
    return {value for name, value in found.items() if name in facts}
