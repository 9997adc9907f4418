"""Scenes with files, units, parked work and erased data."""

from __future__ import annotations

from chalicelib.evidence import file_limits
from chalicelib.instants import DAY
from tests.api.examples.scenes import ID, OPERATOR, REQUESTS, Asked, Scene, acme, leaving, send
from tests.api.test_ops import give_up
from tests.clauses.giving import declared, given
from tests.clauses.offices import estate as at_estate
from tests.clauses.offices import marketplace as at_marketplace
from tests.clauses.world import InProcess


def sealed(who: str = "complainant") -> Scene:
    """A file of the complainant is sealed."""

    def scene(world: InProcess) -> Asked:
        at = acme(world)
        number = at.file()
        return Asked(at, who, {"number": number, "id": given(at, number, "document")["id"]})

    return scene


def in_parts(world: InProcess) -> Asked:
    """A film was declared, and its parts are uploaded."""
    at = acme(world)
    number = at.file()
    parts = [part["sha256"] for part in REQUESTS["complete_evidence"]["parts"]]
    size = file_limits.LARGEST_POST + 1
    answer = declared(at, number, "video", b"", "video/mp4", size=size, parts=parts)
    assert answer.status == 201, answer.text
    return Asked(at, "complainant", {"number": number, "id": answer.json["id"]})


def demanded(world: InProcess) -> Asked:
    at = acme(world, "platform")
    number = at_marketplace.demanded(at)
    id_ = at.events(number, type_="evidence_demanded")[-1]["id"]
    return Asked(at, "handler", {"number": number, "demand": id_.rpartition("/")[2]})


def counted(who: str = "service_centre") -> Scene:
    """A serious complaint counts against unit `north`, which owes a report."""

    def scene(world: InProcess) -> Asked:
        at = acme(world, "property-management")
        send(at, "create_unit", "POST", "/units", {"id": "north", "name": "北区"})
        number = at_estate.replied(at, severity="major", unit="north")
        at.act(number, "service_centre", "decide", opinion="已核实。", outcome="valid")
        at.get("/units/north/record", "service_centre")  # a read that the log lists
        return Asked(at, who, {"unit": "north", "act": "do_task"})

    return scene


def parked(world: InProcess) -> Asked:
    at = acme(world)
    number = at.file()
    give_up(at, number)
    return Asked(at, OPERATOR, {"id": ID, "aggregate": f"C%23{number}"})


def erased(world: InProcess) -> Asked:
    asked = leaving(world)
    for _ in range(31):
        world.fakes.clock.move_to(world.fakes.clock() + DAY)
        world.sweep()
    return Asked(asked.at, "", {"id": ID})
