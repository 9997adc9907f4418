"""Reads improvement actions: the list, one action, and those that a member owes.

The owners, the role that inspects, and roles that owe a task of the organisation manage actions. A member who is the
owner of an action reads it and says that it is done.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple
from zoneinfo import ZoneInfo

import msgspec

from chalicelib.casework.authorization import Member, load_member
from chalicelib.complaints.rights.permits import Asker, Grant, only_answers
from chalicelib.features.improvements import action
from chalicelib.features.improvements.action import Action, ActionView, StoredAction
from chalicelib.features.inspections.due import ordered_by
from chalicelib.features.worklists.work_list import Owed, WorkItem
from chalicelib.kit import catalogue
from chalicelib.kit.csv_text import csv_text
from chalicelib.kit.instants import Instant, to_text
from chalicelib.kit.problem import Problem
from chalicelib.policy.compiled import Policy
from chalicelib.policy.worktime.zone import local_text
from chalicelib.store.port import Entry, Key, Store
from chalicelib.tenants.organisation import Organisation
from chalicelib.wiring import Wiring


class ImprovementCaller(NamedTuple):
    """`manages`: the grant by which they manage all actions, or None."""

    member: Member
    manages: Grant | None

    @property
    def grant(self) -> Grant:
        return self.manages or self.member.asker.grants[0]


def caller_of(wiring: Wiring, tenant: str, sub: str, now: Instant) -> ImprovementCaller:
    """Raises `Problem("forbidden")` for other people, and for respondents. The caller binds the tenant."""
    return as_caller(load_member(wiring, tenant, sub, now))


def as_caller(member: Member) -> ImprovementCaller:
    """Raises as `caller_of`."""
    if only_answers(member.asker):
        raise Problem("forbidden", "Only people of the organisation see its improvement actions.")
    return ImprovementCaller(member, member.grant_for_all(_managing(member.policy)))


def manages(member: Member) -> bool:
    return member.grant_for_all(_managing(member.policy)) is not None


def manager(wiring: Wiring, tenant: str, sub: str, now: Instant) -> ImprovementCaller:
    """As `caller_of`. Raises `Problem("forbidden")` for members who do not manage the actions."""
    found = caller_of(wiring, tenant, sub, now)
    found.member.require_grant_for_all(_managing(found.member.policy))
    return found


def _managing(policy: Policy) -> frozenset[str]:
    tasks = [task.role for task in policy.document.tasks.values() if task.of == "organisation"]
    return frozenset({*ordered_by(policy), *tasks})


_COLUMNS = ("id", "title", "by", "value", "owner", "state", "opened", "due", "overdue", "done", "reopened")
_TIMES = ("opened", "due", "done")
_EFFECT = ("ratio", "low", "high", "trend")


class ImprovementsPage(msgspec.Struct, frozen=True):
    improvements: list[ActionView]
    after: Mapping[str, str] | None


def listed(
    wiring: Wiring, caller: ImprovementCaller, limit: int, after: Mapping[str, str] | None, now: Instant
) -> ImprovementsPage:
    """Those in progress first, the oldest of them first. Members who do not manage them see their own."""
    tenant = caller.member.org.id
    found, following = action.page(wiring.store, tenant, limit, after)
    seen = [one for one in found if _may_see(caller, one.owner)]
    return ImprovementsPage([action.view(wiring.sealer, tenant, one, now) for one in seen], following)


def one(wiring: Wiring, caller: ImprovementCaller, action_id: str, now: Instant) -> ActionView:
    """Raises `Problem("not-found")`."""
    found = visible(wiring.store, caller, caller.member.org.id, action_id)
    return action.view(wiring.sealer, caller.member.org.id, found.action, now)


def visible(store: Store, caller: ImprovementCaller, tenant: str, action_id: str) -> StoredAction:
    """Raises `Problem("not-found")` for an action that the caller may not see, as for one that does not exist."""
    found = action.find(store, tenant, action_id)
    if found is None or not _may_see(caller, found.action.owner):
        raise Problem("not-found", "There is no such improvement action.")
    return found


def _may_see(caller: ImprovementCaller, owner: str) -> bool:
    return caller.manages is not None or owner == caller.member.asker.id or owner in caller.member.asker.absent


def owed(wiring: Wiring, tenant: str, asker: Asker, now: Instant) -> list[WorkItem]:
    """The open actions that the member owns, also for people whose deputy they are, earliest due first.

    None for people who only answer for a unit.
    """
    if only_answers(asker):
        return []
    return _items(wiring, tenant, asker, action.in_progress(wiring.store, tenant), now)


def owed_keys(org: Organisation, asker: Asker) -> list[Key]:
    """Of the actions that `owed` lists, to read them with other items. Those from before the organisation named them
    follow once they change."""
    if only_answers(asker):
        return []
    own = [id_ for id_, owner in org.improvements.items() if _is_own(asker, owner)]
    return [action.active_key(org.id, id_) for id_ in own]


def owed_among(wiring: Wiring, tenant: str, asker: Asker, entries: Mapping[Key, Entry], now: Instant) -> list[WorkItem]:
    """As `owed`, from a read with `owed_keys`."""
    return _items(wiring, tenant, asker, [action.parse(entry).action for entry in entries.values()], now)


def _is_own(asker: Asker, owner: str) -> bool:
    return owner in (asker.id, *asker.absent)


def _items(wiring: Wiring, tenant: str, asker: Asker, found: Iterable[Action], now: Instant) -> list[WorkItem]:
    own = [one for one in found if one.state == "open" and _is_own(asker, one.owner)]
    return [
        WorkItem(
            kind="improvement",
            id=one.id,
            number=None,
            unit=None,
            severity=None,
            stage="",
            roles=[],
            due=to_text(one.due),
            state="missed" if action.is_overdue(one, now) else "running",
            label=dict.fromkeys(("zh", "en"), action.opened_text(wiring.sealer, tenant, one.title)),
            opened=to_text(one.opened),
        )
        for one in sorted(own, key=lambda each: each.due)
    ]


OWED = Owed(owed, owed_keys, owed_among)


def as_csv(wiring: Wiring, caller: ImprovementCaller, now: Instant, language: str) -> str:
    """All that the caller sees, as a table. Times are in the organisation's zone."""
    tenant = caller.member.org.id
    found = [one for one in action.every(wiring.store, tenant) if _may_see(caller, one.owner)]
    rows = [action.view(wiring.sealer, tenant, one, now) for one in found]
    words, zone = catalogue.words("improvement_columns", language), caller.member.policy.calendar.zone
    return csv_text([[words[name] for name in (*_COLUMNS, *_EFFECT)], *(_line(row, zone, language) for row in rows)])


def _line(row: ActionView, zone: ZoneInfo, language: str) -> list[str]:
    times = {name: local_text(zone, value) for name in _TIMES if (value := getattr(row, name)) is not None}
    found = [times.get(name, getattr(row, name)) for name in _COLUMNS]
    found += [getattr(row.effect, name, None) for name in _EFFECT]
    texts = ["" if value is None else str(value) for value in found]
    words = {**catalogue.words("improvement_states", language), **catalogue.words("trends", language)}
    translated = {_COLUMNS.index("state"), _COLUMNS.index("overdue"), len(found) - 1}
    return [words.get(text, text) if at in translated else text for at, text in enumerate(texts)]
