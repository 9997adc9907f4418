"""The hourly job's step that tells who started a practice organisation that it ends soon.

The message is one of their own organisation, because none leaves the practice.
"""

from __future__ import annotations

from contextlib import suppress

from msgspec.structs import replace

from chalicelib.access import binding
from chalicelib.casework import commit
from chalicelib.features.inspections.telling import flow_of_organisation
from chalicelib.features.practice import running
from chalicelib.jobs.hourly import Hour, HourlyStep
from chalicelib.kit.instants import DAY, Instant, to_text
from chalicelib.store import keys
from chalicelib.store.port import CommitConflict
from chalicelib.tenants import organisation
from chalicelib.wiring import Wiring

AHEAD = DAY
"""Domain time between the message and the end."""
WORDING = "practice_ends"


def remind(hour: Hour) -> None:
    listing = hour.found.listing
    if not listing.practice or listing.leaves_at is None or hour.now < listing.leaves_at - AHEAD:
        return
    with binding.directory():
        state = hour.wiring.states.state(listing.practice)
    if state == "active":
        with binding.tenant(listing.practice), suppress(CommitConflict):  # the next run tells
            _tell(hour.wiring, listing.practice, hour.tenant, hour.now)


def _tell(wiring: Wiring, home: str, practice: str, now: Instant) -> None:
    """The message and its mark, in one transaction."""
    entries = wiring.store.get([organisation.key(home), running.list_key(home)])
    listed = running.among(entries, home)
    ending = next((one for one in listed if one.id == practice and not one.told), None)
    if ending is None:
        return
    org = organisation.among(entries, home)
    flow = flow_of_organisation(wiring, home, wiring.compiled.get(home, org.policy_at(now)), now)
    about, at = f"{keys.ORGANISATION}/{org.seq}", max(now, flow.complaint.at)
    flow.notify([f"@{ending.by}"], about=about, at=at, wording=WORDING, due=to_text(ending.until))
    _, writes = commit.writes(wiring.sealer, home, flow, now)
    marked = [replace(one, told=True) if one.id == practice else one for one in listed]
    wiring.store.commit([*writes, running.write(entries, home, marked)])


HOURLY = HourlyStep("end of a practice", remind, after=("reconciliation",))
"""It writes to the organisation that is copied, which no other step of this run does."""
