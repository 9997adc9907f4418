"""Requests of the pages on which a draft is opened, commented and published, and open complaints are moved."""

from __future__ import annotations

from chalicelib.kit.instants import to_text
from tests.across.budgets.counting import Calls, counting, form_to
from tests.clauses.organisation import hire, sign_up
from tests.clauses.world import InProcess
from tests.policies.drafts.shop import DOCUMENT, DRAFT, PUBLISH, ask
from tests.sign_in.door import at_the_desk, desk

AMENDMENT = {"comments": ["departments"], "approval": {"by": "team_lead"}}


def _publishing(world: InProcess) -> Calls:
    """A draft is opened, commented, answered, asked for, and published by a second person."""
    office = sign_up(world, "corporate-standard")
    hire(office, "team_lead", name="lead")
    document = {**DOCUMENT, "amendment": AMENDMENT}
    assert ask(office, "POST", PUBLISH, {"policy": document}).status == 201
    assert ask(office, "PUT", DRAFT, {"policy": {**document, "name": {"zh": "新制度"}}}).status == 200
    path, calls = f"{desk(office)}/procedure/draft", counting(world)
    owner, lead = at_the_desk(office, "owner"), at_the_desk(office, "lead")
    owner.open(f"{path}/consultation")
    owner.submit(form=form_to(owner, "/consultation"), to=["departments"])
    lead.open(f"{path}/consultation")
    lead.submit(form=form_to(lead, "/comments"), text="期限太短。")
    owner.open(f"{path}/consultation")
    owner.submit(form=form_to(owner, "/answers"), text="已延长。")
    for browser in (owner, lead):
        browser.open(f"{path}/publication")
        browser.submit(form=form_to(browser, "/publication"))
    assert "told=published" in lead.path
    return calls


def _open_complaints(world: InProcess) -> Calls:
    office = sign_up(world, "corporate-standard")
    office.file(severity="general")
    assert ask(office, "POST", PUBLISH, {"policy": {**DOCUMENT, "name": {"zh": "新制度"}}}).status == 201
    calls, owner = counting(world), at_the_desk(office, "owner")
    owner.open(f"{desk(office)}/procedure/open-complaints")
    owner.submit(form=form_to(owner, "/open-complaints"))
    world.sweep()
    owner.open(owner.path)
    trial = owner.path.rpartition("/")[2]
    owner.submit(form=form_to(owner, f"/{trial}"))
    assert f"?trial={trial}" in owner.path
    return calls


def _backtest(world: InProcess) -> Calls:
    office = sign_up(world, "corporate-standard")
    office.file(severity="general")
    clocks = DOCUMENT["clocks"]
    longer = {**DOCUMENT, "clocks": {**clocks, "resolution": {**clocks["resolution"], "within": ["300 days"]}}}
    assert ask(office, "PUT", DRAFT, {"policy": longer}).status == 200
    calls, owner = counting(world), at_the_desk(office, "owner")
    owner.open(f"{desk(office)}/procedure/backtests")
    day = to_text(world.now())[:10]
    owner.submit(form=form_to(owner, "/backtests"), **{"from": day, "to": day})
    assert "/backtests/backtest-" in owner.path
    owner.ask(f"{owner.path.partition('?')[0]}/stop", [])
    return calls


WALKS = (_publishing, _open_complaints, _backtest)
