"""Scenes with files, units, parked work and erased data."""

from __future__ import annotations

import copy

from chalicelib.features.evidence import file_limits
from chalicelib.kit.instants import DAY
from tests.clauses.giving import declared, given
from tests.clauses.offices import estate as at_estate
from tests.clauses.offices import marketplace as at_marketplace
from tests.clauses.organisation import Filed
from tests.clauses.world import InProcess
from tests.kernel.web.openapi.examples.scenes import ID, OPERATOR, REQUESTS, Asked, Scene, acme, leaving, send, with_li
from tests.organisations.test_ops import give_up
from tests.register.notices import closed_major, prepared

REPORT_OF_THE_YEAR = {
    "zh": "年度报告",
    "en": "Report of the year",
    "of": "organisation",
    "for": "team_lead",
    "yearly": {"month": 1, "day": 1, "due": "10 working days"},
    "needs": ["report"],
}


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
    at = at_marketplace.marketplace_in(world, named=ID)
    number = at_marketplace.demanded(at)
    id_ = at.events(number, type_="evidence_demanded")[-1]["id"]
    return Asked(at, "handler", {"number": number, "demand": id_.rpartition("/")[2]})


def announced(world: InProcess) -> Asked:
    """The result of a complaint is announced to the organisation's users."""
    at = at_marketplace.marketplace_in(world, named=ID)
    at_marketplace.decided(at)
    [notice] = at.get("/notices", "screener")["notices"]
    return Asked(at, "screener", {"notice": notice["id"]})


def figured(who: str = "", *, wrong: bool = False) -> Scene:
    """The figures of November are published. `wrong`: each complaint was counted three times."""

    def scene(world: InProcess) -> Asked:
        at = acme(world)
        policy = at.get("/policy", "owner")["policy"]
        policy = {**policy, "publicity": {"figures": {"every": "month", "shows": ["received", "met", "missed"]}}}
        send(at, "publish_policy", "POST", "/policy/publish", {"policy": policy})
        for _ in range(12):
            at.file(auth=at.auth("agent"))
        world.move_to("2026-12-10T09:00:00+08:00")
        world.sweep()
        if wrong:
            from tests.figures.wrong import tripled  # it needs the feature, which other scenes do not

            tripled(at, "2026-11")
        return Asked(at, who, {"period": "2026-11"})

    return scene


def noticed(**names: str) -> Scene:
    """A notice about a major case is prepared."""

    def scene(world: InProcess) -> Asked:
        at = at_marketplace.marketplace_in(world, named=ID)
        number = closed_major(at)
        return Asked(at, "director", {"number": number, "notice": prepared(at, number)["id"], **names})

    return scene


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


def year_begun(who: str = "team_lead", *, done: bool = False) -> Scene:
    """The year has begun, and the organisation owes a report of the year, or has just sent it."""

    def scene(world: InProcess) -> Asked:
        at = acme(world)
        policy = copy.deepcopy(at.get("/policy", "owner")["policy"])
        policy["fields"]["report"] = {"zh": "报告", "en": "Report"}
        policy["tasks"]["year_report"] = REPORT_OF_THE_YEAR
        send(at, "publish_policy", "POST", "/policy/publish", {"policy": policy})
        for when in ("2026-12-31T23:00:00+08:00", "2027-01-01T00:00:00+08:00"):
            world.move_to(when)
            world.sweep()
        if done:
            body = REQUESTS["post_organisation_act"]
            path = f"{at.path}/organisation/acts/do_task"
            assert world.call("POST", path, body, auth=at.auth("team_lead")).status == 200
            at.get("/organisation/record", "team_lead")  # a read that the log lists
        return Asked(at, who, {"act": "do_task"})

    return scene


def inspected(*, done: bool = False) -> Scene:
    """A month has ended, and its inspection was produced."""

    def scene(world: InProcess) -> Asked:
        at = acme(world)
        at.file()
        world.move_to("2026-12-01T09:00:00+08:00")
        if done:
            send(at, "order_inspection", "POST", "/inspections")
        return Asked(at, "owner", {"inspection": "2026-11.1"} if done else {})

    return scene


def improving(world: InProcess) -> Asked:
    """Li owns an improvement action."""
    at = with_li(world).at
    return Asked(
        at, "owner", {"improvement": send(at, "open_improvement", "POST", "/improvements")["id"], "act": "done"}
    )


def mailing(world: InProcess) -> Asked:
    """Li gets a report each month."""
    at = with_li(world).at
    return Asked(at, "owner", {"mailing": send(at, "set_mailing", "POST", "/mailings")["id"]})


def keyed_account(world: InProcess) -> Asked:
    at = acme(world)
    account = send(at, "create_program_account", "POST", "/accounts")["id"]
    key = world.call("POST", f"{at.path}/accounts/{account}/keys", auth=at.auth("owner")).json["id"]
    return Asked(at, "owner", {"account": account, "key": key})


def reported(who: str = "supervisor", *, sealed: bool = False) -> Scene:
    """A report about the office, which a supervisor has read. `sealed`: no person of the organisation may handle it."""

    def scene(world: InProcess) -> Asked:
        at = at_marketplace.marketplace_in(world, named=ID)
        at.subs["owner"] = at.get("/people/me", "owner")["sub"]
        named = {"people": [at.subs["owner"], at.subs["supervisor"]]} if sealed else {"office": True}
        body = {**REQUESTS["report_office"], "about": named}
        found = world.call("POST", f"{at.path}/supervision", body).json
        at.filed[found["id"]] = Filed(found["id"], found["receipt"], found)
        if not sealed:
            at.get(f"/supervision/{found['id']}", "supervisor")  # a read that the log lists
        return Asked(at, who, {"number": found["id"], "id": ID, "reference": found["id"], "act": "reply"})

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
