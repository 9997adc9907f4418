"""How many complaints a member has decided in the last 30 days: a list for each member, of which a reaction writes.

The events are listed by id, so one that is relayed again counts once.
"""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from chalicelib.casework.composing.committed_event import CommittedEvent, Reaction
from chalicelib.casework.composing.erased import Erased
from chalicelib.kit.decoding import StoredPart
from chalicelib.kit.instants import DAY, Instant, from_text, to_text
from chalicelib.store import keys, reads
from chalicelib.store.conflicts import retry_or_refuse
from chalicelib.store.port import Entry, Key
from chalicelib.store.stored_form import Form
from chalicelib.wiring import Wiring

KIND = "own-decisions"
PERIOD = 30 * DAY
MOST = 500
"""Decisions of one member that are counted exactly. Beyond, the count says that there may be more."""


class OwnDecisions(StoredPart, frozen=True, kw_only=True):
    """By id of the event: when it happened."""

    decided: dict[str, str]


FORM = Form(KIND, OwnDecisions)


def key(tenant: str, sub: str) -> Key:
    return keys.own_decisions_of(tenant, sub)


def number(entry: Entry | None, now: Instant) -> int:
    """At most `MOST`."""
    return 0 if entry is None else len(_recent(FORM.read(entry).decided, now))


def applies(committed: CommittedEvent) -> bool:
    return committed.event.type == "decided" and committed.event.actor["kind"] == "staff"


def react(wiring: Wiring, committed: CommittedEvent, now: Instant) -> None:
    event, own = committed.event, key(committed.tenant, committed.event.actor["id"])

    def attempt() -> None:
        entry = reads.find(wiring.store, own)
        before = OwnDecisions(decided={}) if entry is None else FORM.read(entry)
        if event.id not in before.decided and from_text(event.at) > now - PERIOD:
            after = _newest({**_recent(before.decided, now), event.id: event.at})
            wiring.store.commit([FORM.write(own, msgspec.structs.replace(before, decided=after), entry)])

    retry_or_refuse(attempt, "Another request changed the same items at the same time.")


def _recent(decided: Mapping[str, str], now: Instant) -> dict[str, str]:
    since = to_text(now - PERIOD)
    return {event: at for event, at in decided.items() if at > since}


def _newest(decided: Mapping[str, str]) -> dict[str, str]:
    return dict(sorted(decided.items(), key=lambda one: one[1])[-MOST:])


REACTION = Reaction("own decisions", applies, react)
ERASED = Erased(organisation=lambda leaver: [keys.own_decisions(leaver.tenant)])
