"""Each form of a page is answered by a redirect, so that back, forward and reload never ask to send it again.

All forms are sent, with and without faults. What is answered in place is named here, with the reason.
"""

from __future__ import annotations

import pytest

import app
from tests.across.budgets import counted
from tests.across.budgets.counting import Counting
from tests.clauses.world import InProcess
from tests.kernel.web.openapi.examples.scenes import START

IN_PLACE = {
    "post_desk_search": "The words of a search are in no address and are kept nowhere. Sent again, it changes nothing.",
    "post_desk_file": "No address shows the receipt, and no draft has a caller's details. Sent again, it files once.",
    "post_desk_practice_complaints": "No address shows the receipts. Sent again, it files once.",
    "post_desk_bulk": "With a fault, or to insert a text block, it starts nothing.",
    "post_desk_view": "With a fault, it keeps nothing.",
    "post_desk_absence": "With a fault, it keeps nothing.",
    "post_desk_settings": "With a fault, it keeps nothing.",
    "post_desk_webhook": "The answer alone has the secret, so no address leads to it. With a fault, it keeps nothing.",
    "post_desk_webhook_ping": "It stores nothing, and says whether the test event arrived.",
    "post_desk_account_key": "The answer alone has the key, so no address leads to it.",
    "post_desk_import": "No address shows what became of each line. Sent again, it invites nobody twice.",
    "post_desk_text_block": "With a fault, or to be looked at first, it keeps nothing.",
}


@pytest.fixture(scope="module")
def statuses() -> dict[str, set[int]]:
    """Of all answers to each form."""
    found: dict[str, set[int]] = {}
    for walk in counted.walks():
        world = InProcess(START)
        walk(world)
        assert isinstance(world._http, Counting)
        for name, answers in world._http.statuses.items():
            found.setdefault(name, set()).update(answers)
    return found


def forms() -> list[str]:
    """The pages' forms, without the routes that modules call."""
    found = [one for one in app.app.all_contracts if one.page and one.method == "POST"]
    return [one.name for one in found if one.produces.startswith("text/html")]


@pytest.mark.slow
def test_every_form_leads_on(statuses: dict[str, set[int]]) -> None:
    others = {name: statuses.get(name) for name in forms() if statuses.get(name) != {303}}
    assert others.keys() == IN_PLACE.keys() & set(forms()), others
