"""What erases the items of each form: nothing of an organisation stays, whatever it has stored."""

from __future__ import annotations

import pytest

from chalicelib.store.port import Entry
from tests.across.recorded import files
from tests.across.stored import registry
from tests.leaving.test_leaving import later, leave, statement
from tests.repair.repairing import Office

STAYS = {"directory", "directory-row", "idempotency"}
"""The signed statement, and answers that expire."""
OF_THE_DEPLOYMENT = {"parked", "returned-mail", "session", "sweep-position", "walk"}
"""Forms of items that are in no partition of an organisation."""
WITH_OTHERS = {
    "backtest-part": "backtest-figures",
    "backtest-policy": "backtest-figures",
    "bulk-lines": "background-job",
    "data-key": "organisation",
    "expected": "membership",
    "job-cancellation": "background-job",
    "policy-draft-json": "policy-draft-yaml",
    "program": "organisation",
    "search-pending": "search-manifest",
    "void": "complaint",
}
"""Forms of which no story leaves an item: they share the partition of another one, which is erased as a whole."""

SHOWN_ELSEWHERE = {
    "act-draft": "tests/handling/desk/test_drafts.py",
    "daily-mails": "tests/messages/test_daily_mail.py",
    "filing-draft": "tests/filing/test_drafts.py",
    "kept-form": "tests/handling/pages/test_kept_forms.py",
    "held-mail": "tests/organisations/practice/test_ending.py",
    "practices": "tests/organisations/practice/test_ending.py",
    "queue-views": "tests/worklists/test_named_views.py",
    "similar-stock": "tests/similar/test_stock.py",
    "text-block": "tests/handling/text_blocks/test_archived.py",
    "text-blocks": "tests/handling/text_blocks/test_archived.py",
}
"""Forms of which no story leaves an item, and the tests of their erasure."""


def _mine(entry: Entry, tenant: str) -> bool:
    return tenant in "#".join(entry.key).split("#")


def _of_a_story(entry: Entry) -> bool:
    return any(_mine(entry, story) for story in files.stories())


@pytest.mark.parametrize("name", files.stories())
def test_nothing_of_an_organisation_stays(name: str) -> None:
    office = Office(name)
    for number in office.organisation.filed:
        if office.organisation.complaint(number, "owner").get("held"):
            office.organisation.act(number, "owner", "release", reason="撤诉")
    assert leave(office.organisation).status == 202
    later(office.organisation, 32)
    assert statement(office.organisation).status == 200
    stored = office.fakes.store.everything()
    assert {registry.name_of(one) for one in stored if _mine(one, office.id)} <= STAYS


def test_the_stories_leave_items_of_every_form() -> None:
    """So that a form whose items nothing erases is seen."""
    left = {name for name, entries in registry.left().items() if any(map(_of_a_story, entries))}
    assert registry.forms().keys() - left == OF_THE_DEPLOYMENT | WITH_OTHERS.keys() | SHOWN_ELSEWHERE.keys()
    assert left >= set(WITH_OTHERS.values())
