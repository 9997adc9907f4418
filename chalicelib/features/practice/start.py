"""Command: start a practice organisation. A start that was interrupted continues when the same request is repeated."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec
from msgspec.structs import replace

from chalicelib.access import binding
from chalicelib.features.practice import running
from chalicelib.features.practice.copied import Original, copy_of, name_of
from chalicelib.features.practice.running import StartedPractice
from chalicelib.kit import canonical
from chalicelib.kit.instants import Instant, to_text
from chalicelib.kit.problem import Problem, Text
from chalicelib.ports import TimeSource
from chalicelib.store import reads
from chalicelib.store.conflicts import retry_or_refuse
from chalicelib.store.port import Entry, Key, Store
from chalicelib.tenants import names, organisation
from chalicelib.tenants.directory import Directory, DirectoryEntry, Listing, next_job
from chalicelib.tenants.idempotency_records import Answer
from chalicelib.tenants.organisation import Organisation
from chalicelib.tenants.people import accounts, membership
from chalicelib.tenants.people.membership import Membership
from chalicelib.tenants.practice import LASTS, MOST, MOST_A_WEEK
from chalicelib.tenants.publication import policy_version
from chalicelib.wiring import Wiring

_BUSY = "Others started a practice organisation at the same time. Repeat the request."


class StartPractice(msgspec.Struct, frozen=True, kw_only=True):
    """`key`: of the request. The same request starts one practice organisation, however often it is sent."""

    tenant: str
    sub: str
    key: str
    now: Instant


class PracticeStarted(msgspec.Struct, frozen=True, kw_only=True):
    """`id`: of the practice organisation, whose addresses contain it. `until`: after that, it is erased."""

    id: str
    name: str
    by: str
    started_at: str
    until: str


class _Home(msgspec.Struct, frozen=True):
    """The organisation that is copied, the member who asks, and what was read with them."""

    org: Organisation
    caller: Membership
    entries: Mapping[Key, Entry]


def start(wiring: Wiring, command: StartPractice) -> Answer:
    """201 with `PracticeStarted`.

    Raises `Problem`: `forbidden` for who is no member or only a respondent, `practice` in a practice organisation,
    `limit-reached`, `conflict`. The caller has bound the organisation that is copied.
    """
    directory = Directory(wiring.store, wiring.real_clock)
    tenant = names.of_practice(canonical.digest([command.tenant, command.sub, command.key]))
    home, listed = retry_or_refuse(lambda: _listed(wiring.store, directory, command, tenant), _BUSY)
    original = _original(wiring, home.org, command.now)
    entry = retry_or_refuse(lambda: _reserved(directory, wiring.real_clock, command.tenant, listed), _BUSY)
    if entry.listing.state == "pending":
        _found(wiring, original, home.caller, listed)
        accounts.add_to_index(wiring.store, command.sub, tenant)
        _open(directory, home.org, listed, entry)
    return Answer.of(201, view(home.org, listed))


def view(org: Organisation, one: StartedPractice) -> PracticeStarted:
    return PracticeStarted(
        id=one.id, name=name_of(org), by=one.by, started_at=to_text(one.started), until=to_text(one.until)
    )


def load(store: Store, tenant: str, sub: str) -> _Home:
    """Raises `Problem`: `forbidden`, `practice`."""
    wanted = [organisation.key(tenant), membership.key(tenant, sub), running.list_key(tenant)]
    entries = store.get(wanted)
    caller = membership.parse(entries.get(wanted[1]))
    if caller.is_party:
        raise Problem("forbidden", "Only people of the office may practise.")
    org = organisation.among(entries, tenant)
    if org.practice is not None:
        raise Problem("practice", "A practice organisation has none of its own.")
    return _Home(org, caller, entries)


def _listed(store: Store, directory: Directory, command: StartPractice, tenant: str) -> tuple[_Home, StartedPractice]:
    """Takes one of the organisation's places, or goes on with a start of the person that was interrupted.

    Raises `CommitConflict` if others did at the same time.
    """
    home = load(store, command.tenant, command.sub)
    known = running.among(home.entries, command.tenant)
    if (again := next((one for one in known if one.id == tenant), None)) is not None:
        return home, again
    found = running.running(directory, known, command.now)
    if (begun := next((one for one in found.begun if one.by == command.sub), None)) is not None:
        return home, begun
    _check_places(found, command.sub)
    new = StartedPractice(id=tenant, by=command.sub, started=command.now, until=command.now + LASTS)
    store.commit([running.write(home.entries, command.tenant, [*found.of_the_week, new])])
    return home, new


def _check_places(found: running.Running, sub: str) -> None:
    """Raises `Problem("limit-reached")`."""
    if any(one.by == sub for one in found.in_use):
        raise Problem("limit-reached", "You have a practice organisation already. End it before you start another one.")
    if len(found.in_use) >= MOST:
        full = Text("An organisation has at most {most} practice organisations at a time.", most=MOST)
        raise Problem("limit-reached", full)
    if len(found.of_the_week) >= MOST_A_WEEK:
        often = Text("An organisation starts at most {most} practice organisations a week.", most=MOST_A_WEEK)
        raise Problem("limit-reached", often)


def _original(wiring: Wiring, org: Organisation, now: Instant) -> Original:
    """The version in force. Its drafts and comments stay where they are."""
    number = org.policy_at(now)
    return Original(
        org=org,
        policy=wiring.compiled.get(org.id, number),
        version=policy_version.read_version(wiring.store, org.id, number),
        source=policy_version.find_source(wiring.store, org.id, number),
    )


def _reserved(directory: Directory, real_clock: TimeSource, home: str, listed: StartedPractice) -> DirectoryEntry:
    """The entry of the directory. One that is never opened lapses as an abandoned sign-up does."""
    found = directory.find(listed.id)
    if found is not None:
        if found.listing.practice != home or found.listing.state not in running.IN_USE:
            raise Problem("conflict", "This practice organisation has ended. Start another one.")
        return found
    real_now = real_clock()
    listing = Listing(
        state="pending",
        created=real_now,
        claim=canonical.digest([listed.id]),
        body_hash="",
        touched=real_now,
        confirmed=False,
        practice=home,
    )
    due = next_job(listed.id, listed.started)
    directory.create(listed.id, listing, due)
    return DirectoryEntry(listing, 1, due)


def _found(wiring: Wiring, original: Original, caller: Membership, listed: StartedPractice) -> None:
    """Its items, unless an interrupted attempt has written them."""
    with binding.tenant(listed.id):
        if reads.find(wiring.store, organisation.key(listed.id)) is None:
            wiring.store.commit(copy_of(original, listed.id, caller, listed.until, listed.started))


def _open(directory: Directory, org: Organisation, listed: StartedPractice, entry: DirectoryEntry) -> None:
    """From now on it takes complaints. Its founder has signed in, so nothing has to be confirmed."""
    opened = replace(
        entry.listing,
        state="active",
        confirmed=True,
        opened=listed.started,
        plan=org.plan,
        name=name_of(org),
        second_factor=org.second_factor,
        leaves_at=listed.until,
    )
    directory.change(listed.id, opened, entry.version, entry.due)
