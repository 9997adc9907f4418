"""Views of an organisation for its members (pure)."""

from __future__ import annotations

import msgspec

from chalicelib.kit.instants import Instant, to_text
from chalicelib.limits.plans import Plan
from chalicelib.tenants.organisation import Organisation, Unit


class ScheduledView(msgspec.Struct, frozen=True):
    version: str
    effective_at: str


class PracticeView(msgspec.Struct, frozen=True):
    """`of`: the organisation that it copies. `until`: after that, it is erased."""

    of: str
    until: str


class TenantView(msgspec.Struct, frozen=True, kw_only=True):
    id: str
    open: bool
    """Whether the organisation takes complaints, and its pages are shown."""
    name: str
    plan: str
    limits: Plan
    language: str
    created: str
    origins: list[str]
    policy: str
    """The version in force."""
    upcoming: list[ScheduledView]
    """Published versions that take effect later."""
    practice: PracticeView | msgspec.UnsetType = msgspec.UNSET
    """Of an organisation in which people practise."""


class UnitView(msgspec.Struct, frozen=True):
    id: str
    name: str
    calendar: str | msgspec.UnsetType = msgspec.UNSET
    """The name of the policy's calendar for clocks with `calendar: unit`, if the owners chose one."""
    parent: str | msgspec.UnsetType = msgspec.UNSET
    """The id of the unit above it, for `of: parent`, if the owners chose one."""


def tenant_view(organisation: Organisation, now: Instant, *, is_open: bool) -> TenantView:
    practice = organisation.practice
    return TenantView(
        id=organisation.id,
        open=is_open,
        name=organisation.name,
        plan=organisation.plan,
        limits=organisation.limits,
        language=organisation.language,
        created=to_text(organisation.created),
        origins=organisation.origins,
        policy=organisation.policy_at(now),
        upcoming=[
            ScheduledView(entry.version, to_text(entry.effective_at))
            for entry in organisation.schedule
            if entry.effective_at > now
        ],
        practice=msgspec.UNSET if practice is None else PracticeView(practice.of, to_text(practice.until)),
    )


def unit_views(organisation: Organisation) -> list[UnitView]:
    return [unit_view(name, unit) for name, unit in sorted(organisation.units.items())]


def unit_view(name: str, unit: Unit) -> UnitView:
    return UnitView(name, unit.name, unit.calendar or msgspec.UNSET, unit.parent or msgspec.UNSET)
