"""Texts that are too long are kept, and the page says by how many characters."""

from __future__ import annotations

import pytest

from tests.clauses.organisation import sign_up
from tests.clauses.world import InProcess
from tests.kernel.web.pages import filing
from tests.kernel.web.pages.browser import Browser

PASTED = "长" * 4_200


@pytest.mark.parametrize(
    ("language", "said"),
    [("zh", "超出 200 个字，最多 4,000 个字"), ("en", "too long by 200. It takes at most 4,000 characters")],
)
def test_a_long_text_is_kept_and_counted(world: InProcess, language: str, said: str) -> None:
    browser = Browser(world, language)
    page = browser.open(f"/t/{sign_up(world, 'telecom-regulator').id}/file")
    while not (areas := [one for one in page.forms[0].controls if one.tag == "textarea"]):
        given = filing.answers(page.forms[0])
        page = browser.submit(**{name.replace(".", "__"): value for name, value in given.items()})
    given = filing.answers(page.forms[0]) | {areas[0].name: PASTED}

    page = browser.submit(**{name.replace(".", "__"): value for name, value in given.items()})

    assert said in page.text
    assert next(one.value for one in page.forms[0].controls if one.name == areas[0].name) == PASTED


def test_no_input_of_a_public_form_cuts_what_is_pasted(world: InProcess) -> None:
    browser, office = Browser(world), sign_up(world, "platform")
    for path in ("/report", "/reports", "/case", "/lost-receipt", "/file"):
        page = browser.open(f"/t/{office.id}{path}")
        assert [given["id"] for tag, given in page.tags if tag in ("input", "textarea") and "maxlength" in given] == []
