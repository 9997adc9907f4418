"""Which texts of the language say a due time that an event brings about, and to whom: messages record it as told."""

from __future__ import annotations

import pytest

from chalicelib.complaints import runs
from chalicelib.policy.language.wording.default_wording import default_wording

BROUGHT_ABOUT = sorted(
    name for name, texts in default_wording().items() if texts.staff is not None and "{until}" in texts.staff.en
)
OF_DEMANDS = "evidence_demanded"
"""Its time is that of a demand, which does not move."""


@pytest.mark.parametrize("wording", [name for name in BROUGHT_ABOUT if name != OF_DEMANDS])
def test_parties_read_the_time_unless_only_staff_are_told_it(wording: str) -> None:
    texts = default_wording()[wording]
    for text in (texts.complainant, texts.respondent):
        assert text is not None
        assert ("{until}" in text.en) is (wording not in runs.SAID_TO_STAFF)


def test_such_texts_are_those_of_events_that_begin_or_move_a_time() -> None:
    run = runs.Run(clock="c", n=1, seq=1, started=0, limit="1 day", hours="open", due=1)
    found = [name for name in default_wording() if runs.brought_about(name, {}, [run]) is not None]
    assert sorted([*found, OF_DEMANDS]) == BROUGHT_ABOUT
