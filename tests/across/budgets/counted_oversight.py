"""Requests of the desk's pages of oversight, whose calls to the store are counted."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from tests.across.budgets.counting import Calls, counting, form_to
from tests.clauses.world import InProcess
from tests.kernel.web.openapi.examples.scenes_of_records import figured
from tests.sign_in.door import at_the_desk, desk


def _figures(world: InProcess) -> Calls:
    """An owner looks at the figures to publish, and corrects those of a period."""
    asked = figured(wrong=True)(world)
    office, period = asked.at, asked.names["period"]
    calls, browser = counting(world), at_the_desk(office, "owner")
    for path in ("", "/next", f"/{period}"):
        browser.open(f"{desk(office)}/oversight/figures{path}")
        assert browser.answer.status == 200, path
    browser.submit(form=form_to(browser, f"/{period}"), reason="Each complaint was counted three times.")
    assert "?told=corrected" in browser.path
    return calls


OF_LEAVES: Mapping[str, Callable[[InProcess], Calls]] = {"get_desk_figures": _figures}
"""By a page that is left out with the others of its feature."""
