"""P8 `customer-service`: what time does to a case without any act."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.clauses.behaviour.timeline import timeline
from tests.clauses.offices.helpdesk import assigned, executed, offered
from tests.clauses.organisation import Organisation


def general(helpdesk: Organisation) -> str:
    return helpdesk.file()


def important(helpdesk: Organisation) -> str:
    return helpdesk.file(severity="important")


def major(helpdesk: Organisation) -> str:
    return helpdesk.file(severity="major")


def answered_late(helpdesk: Organisation) -> str:
    number = offered(helpdesk)
    helpdesk.world.move_to("2026-12-13T09:00:00+08:00")
    helpdesk.act(number, "complainant", "reopen")
    return number


def disputed(helpdesk: Organisation) -> str:
    number = offered(helpdesk)
    helpdesk.act(number, "complainant", "dispute", counter="希望换新。")
    return number


def replied(helpdesk: Organisation) -> str:
    number = assigned(helpdesk)
    helpdesk.act(number, "agent", "reply", text="已收到。")
    return number


def agreed(helpdesk: Organisation) -> str:
    number = offered(helpdesk)
    helpdesk.act(number, "complainant", "agree")
    return number


def closed(helpdesk: Organisation) -> str:
    """Closed on the next working day."""
    number = executed(helpdesk)
    helpdesk.world.move_to("2026-11-30T09:00:00+08:00")
    helpdesk.act(number, "agent", "close", summary="已退款。")
    return number


def archived(helpdesk: Organisation) -> str:
    number = closed(helpdesk)
    helpdesk.act(number, "agent", "archive")
    return number


CASES: dict[str, tuple[Callable[[Organisation], str], str, list[str]]] = {
    "P8.4: the first response": (
        general,
        "2026-12-12T09:00:00+08:00",
        [
            "11-28 08:00 warned first_response",
            "11-28 09:00 missed first_response",
            "11-28 09:00 escalated manager",
            "11-29 09:00 missed first_response",
            "12-03 09:00 warned solution",
            "12-04 18:00 missed first_response",
            "12-04 18:00 missed solution",
            "12-04 18:00 escalated manager",
            "12-11 18:00 missed first_response",
            "12-11 18:00 missed solution",
        ],
    ),
    "P8.4: an important complaint": (
        important,
        "2026-11-27T18:00:00+08:00",
        ["11-27 16:00 warned first_response", "11-27 17:00 missed first_response", "11-27 17:00 escalated manager"],
    ),
    "P8.4: a major complaint": (
        major,
        "2026-11-27T14:00:00+08:00",
        ["11-27 12:00 warned first_response", "11-27 13:00 missed first_response", "11-27 13:00 escalated manager"],
    ),
    "P8.4: an assignment is no response": (
        assigned,
        "2026-11-28T09:00:00+08:00",
        ["11-28 08:00 warned first_response", "11-28 09:00 missed first_response", "11-28 09:00 escalated manager"],
    ),
    "P8.7: the answer of the customer": (
        offered,
        "2026-12-13T09:00:00+08:00",
        ["12-05 00:00 notified", "12-12 00:00 closed"],
    ),
    "P8.6: the solution": (
        replied,
        "2026-12-12T09:00:00+08:00",
        [
            "12-03 09:00 warned solution",
            "12-04 18:00 missed solution",
            "12-04 18:00 escalated manager",
            "12-11 18:00 missed solution",
        ],
    ),
    "P8.6: the remedy": (
        agreed,
        "2026-12-05T09:00:00+08:00",
        ["12-04 18:00 missed remedy", "12-04 18:00 escalated manager"],
    ),
    "P8.8: the closing": (
        executed,
        "2026-12-05T09:00:00+08:00",
        ["12-04 18:00 missed completion", "12-04 18:00 escalated manager"],
    ),
    "P8.8: the archive": (
        closed,
        "2026-12-08T09:00:00+08:00",
        ["12-07 18:00 missed completion", "12-07 18:00 escalated manager"],
    ),
    "P8.8: nothing after the archive": (archived, "2027-02-01T09:00:00+08:00", []),
    "P8.7: another solution": (
        disputed,
        "2026-12-12T09:00:00+08:00",
        [
            "12-01 18:00 missed negotiation",
            "12-01 18:00 escalated manager",
            "12-03 18:00 missed negotiation",
            "12-10 18:00 missed negotiation",
        ],
    ),
    "P8.7: the answer after a late one": (
        answered_late,
        "2026-12-30T09:00:00+08:00",
        ["12-21 00:00 notified", "12-28 00:00 closed"],
    ),
}
"""By clauses: a scene, a time, and what happens until then without any act."""


@pytest.mark.parametrize("case", CASES)
def test_p8_what_time_does(helpdesk: Organisation, case: str) -> None:
    scene, until, expected = CASES[case]
    number = scene(helpdesk)

    assert timeline(helpdesk, number, until) == expected
