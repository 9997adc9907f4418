"""What happens at a marketplace on `platform` and a public office on `government-service-centre`, more briefly.

Evidence is demanded and given by the demand's own link; a complaint is refused; confidential ones are read.
"""

from __future__ import annotations

from tests.clauses.giving import given
from tests.clauses.offices.hall import decided, hall_in
from tests.clauses.organisation import Organisation, sign_up
from tests.compatibility.asking import asked
from tests.compatibility.world import FixedWorld


def market(world: FixedWorld) -> Organisation:
    """Under the recorded version of the policy, in which the screener assigns after the acceptance."""
    marketplace = sign_up(world, "platform")
    refused = marketplace.file()
    marketplace.act(refused, "screener", "refuse", ground="not_valid")
    number = marketplace.file()
    marketplace.act(number, "screener", "accept")
    marketplace.act(number, "screener", "assign", responsible=marketplace.subs["handler"])
    world.move_to("2026-11-29T10:30:00+08:00")
    marketplace.act(number, "handler", "demand_evidence")
    demand = str(marketplace.events(number, "complainant", "evidence_demanded")[-1]["id"]).rpartition("/")[2]
    link = asked(marketplace, "GET", f"/complaints/{number}/demands/{demand}/link", who="handler")
    given(marketplace, number, "transaction", auth=f"Receipt {link['receipt']}")
    marketplace.act(number, "handler", "decide", opinion="商家退款。", outcome="upheld")
    return marketplace


def hall(world: FixedWorld) -> Organisation:
    office = hall_in(world)
    number = decided(office)
    asked(office, "GET", f"/complaints/{number}", who="director")
    office.file()
    return office
