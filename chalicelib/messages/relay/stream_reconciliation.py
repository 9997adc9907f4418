"""What a stream lost is relayed once a day: the job walks index `list`, which projects `seq` (design §8).

Each complaint has a mark of the last event that this job has relayed. Events behind it are relayed anew, whether the
stream delivered them or not: effects know themselves whether they are done, and that is cheaper than a note of each.
What the queue loses of a walk's own messages only an operator's walk relays again, which heeds no mark.
Units, which are in no list, come last, by the organisation's own list of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import msgspec
from msgspec.structs import replace

from chalicelib import observability
from chalicelib.complaints.envelope import Event
from chalicelib.instants import DAY, HOUR, Instant, from_text, to_text
from chalicelib.jobs import job as jobs
from chalicelib.jobs.claim import Claim
from chalicelib.jobs.job import Job
from chalicelib.messages.inbox.message import tells
from chalicelib.messages.relay.relay import Effect
from chalicelib.messages.webhooks import webhook
from chalicelib.policy.compiled import Policy
from chalicelib.ports import QueueMessage
from chalicelib.problem import Problem
from chalicelib.store import keys
from chalicelib.store.port import CommitConflict, Entry, Key, Put, Require, Write
from chalicelib.tenants import organisation
from chalicelib.wiring import Wiring

Concerns = Callable[[Policy, Event], bool]
"""Whether an effect of some kind comes of the event, besides messages and webhooks."""

KIND = "relay"
MARK = "relayed"
GRACE = HOUR
"""The stream has this long before an event counts as lost. One that is merely behind rings within ten minutes
(`RelayBehindAlarm`); what it brings after the walk all the same changes nothing."""
BACK = 14 * DAY
"""So far back an operator's walk relays events anew that walks have passed: no queue of ours keeps a message longer."""
_OPERATOR = "operator"
_SHELVES = ("open", "pending", "supervision", "archived")
PAGE = 49
"""Each may take two of a transaction's hundred items, and the job takes one."""
_KEPT = 7 * DAY // 1000
"""Seconds for which a day's job can be looked at."""

_OF_THE_RECORD = (msgspec.MsgspecError, LookupError, TypeError, ValueError, Problem)
"""What an event raises that cannot be read or understood, where the store and the queue raise others."""


class _Place(msgspec.Struct, frozen=True, omit_defaults=True):
    shelf: int = 0
    after: dict[str, str] | None = None
    unit: str = ""
    """The last unit that was looked at."""
    over: bool = False


class _Mark(msgspec.Struct, frozen=True):
    seq: int


def begin(wiring: Wiring, tenant: str, now: Instant, ordered: Instant | None = None) -> str:
    """The day's job (UTC), or that of the minute at which an operator `ordered` one; its id. The tenant is bound.

    Once, whoever asks how often.
    """
    name = f"{KIND}-{to_text(now)[:10]}" if ordered is None else f"{KIND}-{to_text(ordered)[:16].replace(':', '')}"
    if jobs.read(wiring.store, tenant, name) is not None:
        return name
    by = "system" if ordered is None else _OPERATOR
    job = Job(id=name, kind=KIND, by=by, started=now, expires=wiring.real_clock() // 1000 + _KEPT)
    try:
        wiring.store.commit([jobs.new(tenant, job)])
    except CommitConflict:
        return name  # another run has begun it
    return name


def step(claim: Claim, concerns: Sequence[Concerns]) -> None:
    """Shelf after shelf, and then the units, until a page was looked at."""
    entries, following = _next(claim)
    marks = _marks(claim, entries)
    writes: list[Write] = []
    count = 0
    for entry in entries:
        number = _number(entry)
        relayed = _relay(claim, number, marks.get(number, 0), entry.seq or 0, concerns)
        if relayed is not None:
            # On condition that it was not erased meanwhile: nothing would find the mark then.
            writes += [_mark(claim.tenant, number, relayed[0]), Require(entry.key)]
            count += relayed[1]
    claim.save(_further(claim.job, following, len(entries), count), writes)


def _next(claim: Claim) -> tuple[list[Entry], _Place]:
    """At most a page of the list, and where the next one begins."""
    place, found = claim.job.at(_Place), list[Entry]()
    while place.shelf < len(_SHELVES) and len(found) < PAGE:
        shelf = keys.shelf(claim.tenant, _SHELVES[place.shelf])
        page = claim.wiring.store.listed(shelf, limit=PAGE - len(found), after=place.after)
        found.extend(page.entries)
        place = _Place(place.shelf + 1) if page.after is None else _Place(place.shelf, dict(page.after))
    if place.shelf < len(_SHELVES) or len(found) == PAGE:
        return found, place
    return _units(claim, found, place)


def _units(claim: Claim, found: list[Entry], place: _Place) -> tuple[list[Entry], _Place]:
    """The page filled up with units, by name. One about which nothing has happened has no item."""
    key = keys.snapshot(keys.organisation(claim.tenant))
    names = sorted(organisation.parse(claim.wiring.store.get([key])[key]).units)
    left = [name for name in names if name > place.unit]
    now = left[: PAGE - len(found)]
    snapshots = [keys.snapshot(keys.unit(claim.tenant, name)) for name in now]
    units = claim.wiring.store.get(snapshots) if snapshots else {}
    over = len(now) == len(left)
    return [*found, *units.values()], _Place(place.shelf, unit=place.unit if over else now[-1], over=over)


def _further(job: Job, following: _Place, looked_at: int, count: int) -> Job:
    counts = {"relayed": job.counts.get("relayed", 0) + count}
    done = job.done + looked_at
    return replace(
        job, state="done" if following.over else "running", cursor=jobs.cursor(following), done=done, counts=counts
    )


def _relay(claim: Claim, number: str, mark: int, seq: int, concerns: Sequence[Concerns]) -> tuple[int, int] | None:
    """The last event that is old enough, and how many up to it caused something; None where there is none.

    One that cannot be read ends its own complaint's walk, and no other's.
    """
    last, effects = 0, list[Effect]()
    passed, since = (0, claim.now - BACK) if claim.job.by == _OPERATOR else (mark, None)
    hooks_key = keys.webhooks(claim.tenant)
    hooks = webhook.read(claim.wiring.store.get([hooks_key]).get(hooks_key)) if seq > passed else webhook.Webhooks()
    try:
        for entry in _events(claim, number, passed, seq):
            event = msgspec.json.decode(entry.body, type=Event)
            at = from_text(event.recorded_at)
            if at > claim.now - GRACE:
                break
            last = event.seq
            effect = Effect(claim.tenant, number, event.seq)
            if (since is None or at >= since) and _causes(claim.wiring, effect, event, hooks, concerns):
                effects.append(effect)
    except _OF_THE_RECORD as error:
        observability.error(
            "An event could not be relayed", tenant=claim.tenant, complaint=number, error=observability.frames(error)
        )
        observability.measure("EffectFault")
    claim.wiring.effects.send([QueueMessage.of(effect) for effect in effects])
    return (max(last, mark), len(effects)) if last else None


def _causes(
    wiring: Wiring, effect: Effect, event: Event, hooks: webhook.Webhooks, concerns: Sequence[Concerns]
) -> bool:
    """Most events cause nothing. The stream's relay sends those too, but need not send a day of them a second time."""
    if tells(event) or (effect.number[:1] != "U" and any(hook.wants(event) for hook in hooks.all)):
        return True
    policy = wiring.compiled.get(wiring.store, effect.tenant, event.policy)
    return any(concern(policy, event) for concern in concerns)


def _events(claim: Claim, number: str, mark: int, seq: int) -> Iterator[Entry]:
    """Those behind the mark; no read where there are none."""
    if seq <= mark:
        return
    pk, after = keys.aggregate(claim.tenant, number), None
    first, last = keys.event(pk, mark + 1).sk, keys.event(pk, seq).sk
    while True:
        page = claim.wiring.store.query(pk, first=first, last=last, after=after)
        yield from page.entries
        after = page.after
        if after is None:
            return


def _marks(claim: Claim, entries: list[Entry]) -> dict[str, int]:
    wanted = {mark_key(claim.tenant, number): number for number in map(_number, entries)}
    found = claim.wiring.store.get(list(wanted)) if wanted else {}
    return {wanted[key]: msgspec.json.decode(entry.body, type=_Mark).seq for key, entry in found.items()}


def mark_key(tenant: str, number: str) -> Key:
    return keys.lookup(tenant, MARK, keys.aggregate_name(number))


def _mark(tenant: str, number: str, seq: int) -> Put:
    body = msgspec.json.encode(_Mark(seq)).decode()
    return Put(Entry(key=mark_key(tenant, number), kind=MARK, body=body), if_absent=False)


def _number(entry: Entry) -> str:
    _, _, kind, name = entry.key.pk.split("#", 3)
    return name if kind == "C" else keys.UNIT + name
