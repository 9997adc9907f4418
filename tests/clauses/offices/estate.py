"""P7 `property-management` organisations: brings complaints to a stage of the procedure."""

from __future__ import annotations

from typing import Any

from tests.clauses.organisation import Organisation, hire, sign_up, with_mails
from tests.clauses.world import World

UNIT, NAME = "north", "北苑管理处"
"""A management office: its id and its name."""
NO_OFFICE = {"outcome": "valid_without_office", "no_office": "属外部施工单位责任。"}
_OFFICES = {UNIT: NAME, "south": "南苑管理处"}


def estate_in(world: World) -> Organisation:
    return with_mails(sign_up(world, "property-management"))


def add_offices(estate: Organisation) -> None:
    for unit, name in _OFFICES.items():
        body = {"id": unit, "name": name}
        answer = estate.world.call("POST", f"{estate.path}/units", body, auth=estate.auth("owner"))
        assert answer.status == 201, answer.text


def staff_offices(estate: Organisation) -> None:
    """A separate person for each office."""
    for unit in _OFFICES:
        hire(estate, "management_office", name=f"of_{unit}", unit=unit)


def notified(estate: Organisation, to: str = "service_supervisor") -> dict[str, str]:
    """The fields of `forward` for the person in this role."""
    return {"to": to, "person": estate.subs[to]}


def on_channel(estate: Organisation, channel: str) -> dict[str, Any]:
    """A filing on this channel. What headquarters took, they file themselves."""
    own = {"auth": estate.auth("headquarters")} if channel == "headquarters" else {}
    return {"channel": channel, **own}


def at_headquarters(estate: Organisation) -> str:
    """Filed by headquarters and not passed on yet."""
    return estate.file(**on_channel(estate, "headquarters"))


def taken_by_office(estate: Organisation) -> str:
    """Filed by the management office itself."""
    return estate.file(auth=estate.auth("management_office"))


def forwarded(estate: Organisation, **filing: Any) -> str:
    number = estate.file(**filing)
    estate.act(number, "service_centre", "forward", **notified(estate))
    return number


def handled(estate: Organisation, by: str = "management_office", **filing: Any) -> str:
    number = forwarded(estate, **filing)
    estate.act(number, "service_supervisor", "assign", responsible=estate.subs[by])
    return number


def replied(estate: Organisation, **filing: Any) -> str:
    number = handled(estate, **filing)
    estate.act(number, "management_office", "reply", text="灯已换好。")
    return number


def decided(estate: Organisation, **filing: Any) -> str:
    """Valid if the filing names the office, without which nothing that an office handled is valid."""
    number = replied(estate, **filing)
    outcome = "valid" if "unit" in filing else "invalid"
    estate.act(number, "service_centre", "decide", opinion="已修复并回访。", outcome=outcome)
    return number
