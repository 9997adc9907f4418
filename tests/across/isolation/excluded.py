"""An office with a complaint that excludes some of its members, and what they ask for."""

from __future__ import annotations

from typing import Any, NamedTuple

from tests.clauses.organisation import Organisation, hire
from tests.handling.exclusion.council import council, document, stand_in
from tests.helpers.fakes.client import Answer

TEXT = "The bin in front of number seven was not emptied for three weeks, and rats have come into the garden."
PHONE = "00000000000"
INTAKE = {
    "channels": {"phone": {"en": "Phone"}},
    "facts": {
        "complainant.name": {"en": "Name", "required": True},
        "complainant.contact": {"en": "Contact", "required": True},
        "content": {"en": "What happened", "required": True},
        "street": {"en": "Street", "required": True},
    },
    "categories": {"kind": {"waste": {"en": "Waste"}, "noise": {"en": "Noise"}}},
    "subject": "street",
    "phone": "complainant.contact",
    "first": "open",
}
SAMPLE = {
    "channel": "phone",
    "category": {"kind": "waste"},
    "facts": {"complainant.name": "A. Invented", "complainant.contact": PHONE, "content": TEXT, "street": "Mill Lane"},
}
ACTS: dict[str, Any] = {
    "recuse": {"by": ["officer", "manager"], "takes": "person"},
    "assign": {"by": "manager", "needs": "handler", "assigns": {"officer": "handler"}},
    "decide": {"by": "officer", "to": "done", "approval": {"by": "reviewer"}},
}
TASKS = {
    "look": {"name": {"en": "Look again"}, "on": "inspected", "for": "officer", "until": "task_done", "within": "1 day"}
}
ANSWER = {"name": {"en": "Answer"}, "from": "registered", "until": "decided", "missed": "record"}
LEDGERS = {"open_matters": {"name": {"en": "Open matters"}, "for": ["officer", "manager"], "stages": "open"}}
PERIOD = "from=2026-11-01&to=2026-12-31"


class Scene(NamedTuple):
    """`number` excludes the people in `EXCLUDED`. `other` and `later` have the same text, and exclude none."""

    office: Organisation
    number: str
    other: str
    later: str


EXCLUDED = ["officer", "third", "owner"]
"""Who withdrew, the deputy who stands in for them now, and an owner who was named."""


def scene_in(office: Organisation) -> Scene:
    number, other, later = office.file(), office.file(), office.file()
    office.act(number, "manager", "assign", handler=[office.subs["officer"], office.subs["second"]])
    for one in (number, other):
        office.act(one, "second", "inspect")
    office.act(number, "manager", "recuse", person=[office.get("/people/me", "owner")["sub"]])
    office.act(number, "officer", "recuse")
    stand_in(office, "officer", "third")
    office.world.settle()
    return Scene(office, number, other, later)


def made() -> Scene:
    parts = {"intake": INTAKE, "sample": SAMPLE, "tasks": TASKS, "ledgers": LEDGERS}
    return scene_in(council(ACTS, **parts))


def stricter() -> dict[str, Any]:
    """The policy with a deadline of an hour."""
    clocks = {"answer": {**ANSWER, "within": "1 hour"}}
    return document(ACTS, intake=INTAKE, sample=SAMPLE, tasks=TASKS, ledgers=LEDGERS, clocks=clocks)


def asked(scene: Scene, who: str, path: str) -> Answer:
    office = scene.office
    filled = path.replace("{other}", scene.other).replace("{later}", scene.later)
    return office.world.call("GET", office.path + filled, auth=office.auth(who))


def made_in_unit() -> Organisation:
    """An office whose complaints are about unit `north`. `respondent_at_filing` is a manager, and its respondent."""
    office = council(
        ACTS, intake={**INTAKE, "unit": "optional", "evidence": {"document": {"en": "Document"}}}, sample=SAMPLE
    )
    for unit in ("north", "south"):
        body = {"id": unit, "name": unit.title()}
        answer = office.world.call("POST", f"{office.path}/units", body, auth=office.auth("owner"))
        assert answer.status == 201, answer.text
    hire(office, "manager", name="respondent_at_filing")
    path = f"{office.path}/people/{office.subs['respondent_at_filing']}"
    grants = [{"role": "manager"}, {"role": "respondent", "unit": "north"}]
    assert office.world.call("PUT", path, {"grants": grants}, auth=office.auth("owner")).status == 200
    office.subs["owner"] = office.get("/people/me", "owner")["sub"]
    return office
