"""What is typed for an act while the values of its complaint are erased does not outlive them."""

from __future__ import annotations

from functools import partial

import pytest

from infra.memory_store.store import RecordedCall
from tests.clauses.organisation import Organisation
from tests.handling.desk.desk import at_act
from tests.handling.desk.drafting import TEXT, press, stored
from tests.kernel.web.pages.browser import Browser
from tests.kernel.web.untouched import in_process
from tests.retention.office import AFTER, bureau, erased, filed, interrupted, later

__all__ = ["bureau"]
CALLS = range(1, 12)
"""The numbers of the store's calls of a form that is kept, and some more."""
WHO = "information_centre"


@pytest.mark.parametrize("drafts", [0, 1])
@pytest.mark.parametrize("at", CALLS)
def test_no_draft_is_left_whenever_the_values_are_erased_meanwhile(bureau: Organisation, at: int, drafts: int) -> None:
    number = filed(bureau)
    browser = at_act(bureau, number, WHO, "note")
    if drafts:
        press(browser, "keep", fact__text=TEXT)
        browser = at_act(bureau, number, WHO, "note")
    kept = keep_while_erased(bureau, number, browser, at)
    if not kept:
        erase(bureau, number)

    assert len(erased(bureau, number)) == 1
    assert stored(bureau) == []


def keep_while_erased(bureau: Organisation, number: str, browser: Browser, at: int) -> bool:
    """Sends the form. At this call of the store, the complaint ends and its values are erased. False: no such call."""
    return interrupted(bureau, at, partial(erase, bureau, number), partial(press, browser, "keep", fact__text=TEXT))


def erase(bureau: Organisation, number: str) -> None:
    bureau.act(number, WHO, "refuse", ground="no_facts")
    later(bureau, AFTER)


def test_the_member_gets_a_page_that_says_so(bureau: Organisation) -> None:
    number = filed(bureau)
    browser = at_act(bureau, number, WHO, "note")
    store = in_process(bureau).fakes.store

    def before(call: RecordedCall) -> None:
        if call.name == "commit":
            store.before = None
            erase(bureau, number)

    store.before = before
    press(browser, "keep", fact__text=TEXT)

    assert browser.answer.status == 409
    assert "What you typed is not kept either." in browser.page.text
    assert TEXT not in browser.answer.text
