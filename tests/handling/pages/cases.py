"""Complaints in the states that the page of a case shows: each returns the organisation and the number."""

from __future__ import annotations

from tests.clauses.offices import bureau as bureaux
from tests.clauses.offices import garage as garages
from tests.clauses.offices import hall as halls
from tests.clauses.offices import helpdesk as helpdesks
from tests.clauses.offices import marketplace as marketplaces
from tests.clauses.offices import regulator as regulators
from tests.clauses.organisation import Organisation
from tests.clauses.world import World, advance

Case = tuple[Organisation, str]


def new(world: World) -> Case:
    """P5: just filed, with the demand for evidence that each filing makes."""
    office = regulators.regulator_in(world)
    return office, office.file()


def late(world: World) -> Case:
    """P9: accepted, and the decision is overdue."""
    office = bureaux.bureau_in(world)
    number = bureaux.assigned(office)
    advance(world, "45 days")
    return office, number


def late_on_the_first_rung(world: World) -> Case:
    """P2: no offer within two working days."""
    office = garages.garage_in(world)
    number = garages.received(office)
    advance(world, "5 days")
    return office, number


def offered(world: World) -> Case:
    """P8: a refund is offered."""
    office = helpdesks.helpdesk_in(world)
    return office, helpdesks.offered(office)


def late_with_an_offer_and_a_demand(world: World) -> Case:
    """P8: papers are demanded, an offer is accepted, and what was offered is not carried out in time."""
    office = helpdesks.helpdesk_in(world)
    number = helpdesks.assigned(office)
    office.act(number, "after_sales", "demand_evidence", **helpdesks.DEMAND, until="2027-01-04T18:00:00+08:00")
    office.act(number, "after_sales", "inspect", **helpdesks.FOUND)
    office.act(number, "after_sales", "offer", remedies=["refund"], offer="全额退款。", amount=128.5)
    office.act(number, "complainant", "agree")
    advance(world, "30 days")
    return office, number


def demanded(world: World) -> Case:
    """P8: a picture of the invoice is demanded, with its reason."""
    office = helpdesks.helpdesk_in(world)
    number = helpdesks.assigned(office)
    office.act(number, "after_sales", "demand_evidence", **helpdesks.DEMAND)
    return office, number


def evidenced(world: World) -> Case:
    """P5: the evidence that was demanded is sealed."""
    office = regulators.regulator_in(world)
    return office, regulators.evidenced(office)


def decided(world: World) -> Case:
    """P4: decided, to be rated."""
    office = halls.hall_in(world)
    return office, halls.decided(office)


def rated_and_closed(world: World) -> Case:
    """P4: rated, closed and archived."""
    office, number = decided(world)
    office.act(number, "complainant", "rate", rating="satisfied", comment="办得很快。")
    office.act(number, "reception", "close", summary="已回访。")
    return office, number


def contradicted(world: World) -> Case:
    """P2: closed, and reopened by the customer who contradicts the result on record."""
    office = garages.garage_in(world)
    return office, garages.contradicted(office)


def closed_unanswered(world: World) -> Case:
    """P2: an offer was not answered, so time has closed the case. The customer can still answer."""
    office = garages.garage_in(world)
    number = garages.offered(office)
    advance(world, "15 days")
    return office, number


def respondent_asked(world: World) -> Case:
    """P1: evidence is demanded from the respondent."""
    office = marketplaces.marketplace_in(world)
    return office, marketplaces.demanded(office)


CASES = {
    one.__name__: one
    for one in (
        *(new, late, late_on_the_first_rung, offered, late_with_an_offer_and_a_demand, demanded, evidenced, decided),
        *(rated_and_closed, contradicted, closed_unanswered, respondent_asked),
    )
}
