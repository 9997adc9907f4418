"""An erased complaint of the marketplace: its unpublished notice ends without texts, what was published stays."""

from __future__ import annotations

from chalicelib.access import binding
from chalicelib.features.register import notice
from tests.clauses.organisation import Organisation
from tests.kernel.web.untouched import in_process
from tests.register.conftest import marketplace
from tests.register.notices import SUMMARY, closed_major, published
from tests.retention.office import erased, later, publish

__all__ = ["marketplace"]
AFTER = "2027-03-01T09:00:00+08:00"


def notices(office: Organisation, number: str) -> list[tuple[str, str, bool]]:
    """Kind, state, and whether it has private texts."""
    with binding.tenant(office.id):
        found = [notice.parse(one) for one in notice.of(in_process(office).fakes.store, office.id, number)]
    return [(one.kind, one.state, bool(one.texts)) for one in found if one.kind == "notice"]


def test_a_notice_that_waits_ends_without_its_texts(marketplace: Organisation) -> None:
    publish(marketplace, "60 calendar days")
    number = closed_major(marketplace)
    marketplace.world.settle()
    assert notices(marketplace, number) == [("notice", "prepared", True)]

    later(marketplace, AFTER)

    assert (len(erased(marketplace, number)), notices(marketplace, number)) == (1, [("notice", "superseded", False)])


def test_what_was_published_stays_public(marketplace: Organisation) -> None:
    publish(marketplace, "60 calendar days")
    number = published(marketplace)
    path = f"{marketplace.path}/notices"
    before = marketplace.world.call("GET", path).json
    assert SUMMARY in str(before)

    later(marketplace, AFTER)

    assert (len(erased(marketplace, number)), notices(marketplace, number)) == (1, [("notice", "published", False)])
    assert marketplace.world.call("GET", path).json == before


def test_the_respondent_reads_what_happened(marketplace: Organisation) -> None:
    publish(marketplace, "60 calendar days")
    number = closed_major(marketplace)
    later(marketplace, AFTER)
    [event] = erased(marketplace, number)

    shown = marketplace.complaint(number, "seller")
    record = marketplace.get(f"/complaints/{number}/record", "seller")

    assert (shown["erased_at"], shown["acts"]) == (event["at"], [])
    assert (record["values"], record.get("masked", [])) == ({}, [])
