"""Who did which event of a complaint, and how its clocks ended. The state keeps both from the registration on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec
from msgspec.structs import astuple, replace

from chalicelib.complaints.envelope import PARTIES, Actor
from chalicelib.complaints.runs import Run
from chalicelib.kit.decoding import StoredPart

_NO_MEMBERS = frozenset({"system", "complainant"})
"""Kinds of actors that are no known person."""


class Doer(msgspec.Struct, frozen=True, array_like=True, omit_defaults=True):
    """A person (`sub`) who caused an event."""

    sub: str
    stood_for: str = ""
    """The absent person whose grant they used, or the proposer of what they approved."""
    deputy: str = ""
    """Their own deputy at that time."""

    @classmethod
    def of(cls, actor: Actor) -> Doer:
        """The actor, with the absent person whose grant they used."""
        stood_for = "" if actor.on_behalf_of in PARTIES else actor.on_behalf_of or ""
        return cls(actor.id, stood_for, actor.deputy or "")

    @property
    def people(self) -> frozenset[str]:
        """All people who had a part in the event."""
        return frozenset(filter(None, (self.sub, self.stood_for, self.deputy)))


def took_part(proposer: Doer, approver: Actor) -> list[list[str]]:
    """Both did the approved act. A complainant who proposed it is no known person.

    The last one is the approver, on behalf of the proposer or of the absent person for whom they proposed: `same`
    selects both.
    """
    if proposer.sub in _NO_MEMBERS:
        return [list(astuple(Doer.of(approver)))]
    own = Doer.of(approver)
    found = [proposer, *([own] if own.stood_for else []), Doer(own.sub, proposer.stood_for or proposer.sub, own.deputy)]
    return [list(astuple(one)) for one in found]


def excluded_by(given: Mapping[str, Any], actor: Actor) -> list[Doer]:
    """Whom a recusal with these fields excludes: the named person or, without one, the actor."""
    return [Doer(sub) for sub in given.get("person", [])] or [Doer(actor.id, "", actor.deputy or "")]


class Participation(StoredPart, frozen=True, omit_defaults=True):
    """`did`: for each type of event, the positions in `doers`, the latest last. `ended`: the state of a clock's last
    ended run."""

    respondent: bool = False
    """Whether the filing tells who the respondent is."""
    doers: list[Doer] = []
    did: dict[str, list[int]] = {}
    ended: dict[str, str] = {}

    def of(self, events: Iterable[str]) -> list[Doer]:
        """All people who caused one of these events."""
        return [self.doers[at] for event in events for at in self.did.get(event, [])]

    def latest(self, event: str) -> Doer | None:
        """The person who caused the event last."""
        found = self.of([event])
        return found[-1] if found else None

    def after(
        self, event: str, actor: Actor, changed: Iterable[Run], took_part: Iterable[Sequence[str]] = ()
    ) -> Participation:
        """`changed`: the runs that the event changed. `took_part`: as in `Result`."""
        ended = {**self.ended, **{run.clock: run.state for run in changed if not run.open}}
        doers, did = self.doers, self.did
        for doer in [Doer(*one) for one in took_part] or self._doers(actor):
            doers = doers if doer in doers else [*doers, doer]
            at = doers.index(doer)
            did = {**did, event: [*(one for one in did.get(event, []) if one != at), at]}
        return replace(self, doers=doers, did=did, ended=ended)

    def _doers(self, actor: Actor) -> list[Doer]:
        """The actor; before them the proposer, if they approved a proposal: both did the event."""
        if actor.kind in _NO_MEMBERS:
            return []
        doer = Doer.of(actor)
        proposed = any(one.sub == doer.stood_for for one in self.of(["proposed"]))
        return [Doer(doer.stood_for), doer] if proposed else [doer]
