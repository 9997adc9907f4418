"""The desk's page of the plan: each limit, and how much of it is used."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from chalicelib.features.organisations import usage
from chalicelib.features.organisations.usage import Used
from chalicelib.web.call import Call, Reply
from chalicelib.web.call_context import sub_of, tenant_of
from chalicelib.web.pages.desk import Desk
from chalicelib.web.pages.sections import is_owner, section_desk, section_page
from chalicelib.web.pages.times import time_text

if TYPE_CHECKING:
    from chalicelib.web.api import Api

_MIB = 1024 * 1024
_NEARLY = 0.8
"""The share of a limit from which the page says that it is nearly used up."""


class LimitLine(msgspec.Struct, frozen=True, kw_only=True):
    """`state`: `full`, `nearly` or empty. `until`: when the count starts again; empty for stored amounts."""

    label: str
    used: str
    most: str
    share: int
    state: str
    until: str


def register(api: Api) -> None:
    @section_page(
        api, "organisation", "plan", "The limits of the plan and their use", group="service", shown_to=is_owner
    )
    def get_desk_plan(call: Call) -> Reply:
        desk = section_desk(call, "organisation")
        found = usage.usage(call.wiring, tenant_of(call), sub_of(call), call.now)
        lines = [_line(desk, name, one) for name, one in found.limits.items()]
        return desk.page("organisations/plan.html", {"plan": found.plan, "lines": lines})


def _line(desk: Desk, name: str, one: Used) -> LimitLine:
    share = one.used / one.most if one.most else 1
    of_bytes = name == "evidence_bytes"
    return LimitLine(
        label=desk.reader.text(f"plan.limit.{name}"),
        used=_size(one.used) if of_bytes else f"{one.used:,}",
        most=_size(one.most) if of_bytes else f"{one.most:,}",
        share=min(100, round(share * 100)),
        state="full" if share >= 1 else "nearly" if share >= _NEARLY else "",
        until="" if one.until is None else time_text(desk.member.policy.calendar, desk.reader, one.until),
    )


def _size(count: int) -> str:
    mebibytes = count / _MIB
    return f"{mebibytes / 1024:,.1f} GiB" if mebibytes >= 1024 else f"{mebibytes:,.1f} MiB"
