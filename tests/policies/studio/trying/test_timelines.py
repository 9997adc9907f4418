"""The timeline of a trial, and its drawing: all runs of the preview, few bytes, and texts that stay inside."""

from __future__ import annotations

import re
from typing import Any
from xml.etree import ElementTree

import msgspec
import pytest

from chalicelib.features.studio.trying import timeline as lines
from chalicelib.kit.instants import from_text
from chalicelib.policy import presets
from chalicelib.policy.compiled import Policy
from chalicelib.web.pages.parts.drawn_text import text_width
from tests.helpers.nonempty import nonempty
from tests.helpers.searches import some_by_day
from tests.policies.studio.documents import LANGUAGES, compiled, policy
from tests.policies.studio.trying.trials import drawings, line, preview

KB = 1_000
CLOCKS = "".join(
    f"""
  limit_{number}:
    name: {{zh: 第{number}项办理期限, en: The deadline of the work of department {number}}}
    from: registered
    until: closed
    within: {20 * number} working days
    warn: [75%, 2 working days before]"""
    for number in range(1, 15)
)
FOURTEEN = f"""
language: 1
name: {{zh: 十四项期限, en: Fourteen deadlines}}
calendar: {{timezone: Asia/Shanghai, hours: {{mon-fri: ["09:00-18:00"]}}, holidays: CN}}
people: {{clerk: {{zh: 经办人, en: Clerk}}, head: {{zh: 负责人, en: Head}}}}
tiers: [{{roles: clerk, within: 2 working days}}, {{roles: head}}]
intake:
  channels: {{phone: {{zh: 电话, en: Phone}}}}
  first: handling
stages:
  handling:
    name: {{zh: 办理, en: Handling}}
    close: {{by: clerk, to: closed}}
  closed: {{name: {{zh: 已办结, en: Closed}}}}
clocks:{CLOCKS}
"""
REGISTERED = {"event": "registered", "at": "2026-01-05T09:00"}


@pytest.fixture(scope="module")
def fourteen() -> Policy:
    return compiled(FOURTEEN)


def trial(now: str, *events: dict[str, Any]) -> dict[str, Any]:
    return {"given": {"channel": "phone"}, "events": [REGISTERED, *events], "now": now}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_year_with_fourteen_clocks_stays_small(fourteen: Policy, language: str) -> None:
    made = line(fourteen, trial("2026-12-31T18:00"))
    assert len(made.rows) == 14
    wide, narrow = drawings(fourteen, made, language)
    assert len(wide.encode()) + len(narrow.encode()) <= 40 * KB
    assert wide.count('class="t-run"') == narrow.count('class="t-run"') == 14


def test_a_run_is_drawn_until_its_end_late_after_its_due_time_with_its_warnings_and_tiers(fourteen: Policy) -> None:
    made = line(fourteen, trial("2026-02-27T18:00", {"event": "closed", "at": "2026-02-27T10:00"}))
    first, second = made.rows[0].runs[0], made.rows[3].runs[0]
    due, closed = first.run.due, from_text("2026-02-27T10:00+08:00")
    assert due is not None
    assert first.stretches == [
        lines.TimelineStretch(first.run.started, due, lines.RUNS),
        lines.TimelineStretch(due, closed, lines.LATE),
    ]
    assert [one.tier for one in first.rungs] == [2]
    assert first.warned == sorted(first.warned)
    assert len(first.warned) == 2
    assert second.stretches == [lines.TimelineStretch(second.run.started, closed, lines.RUNS)]
    assert [one.stage for one in made.stages] == ["handling", "closed"]


def test_what_is_to_come_is_drawn_up_to_its_due_time_or_to_the_edge(fourteen: Policy) -> None:
    made = line(fourteen, trial("2026-01-30T18:00"))
    nearest, farthest = made.rows[0].runs[0], made.rows[-1].runs[0]
    assert nearest.stretches[-1] == lines.TimelineStretch(made.now, nearest.run.due or 0, lines.AHEAD)
    assert len(nearest.warned) == 2
    assert farthest.end < (farthest.run.due or 0)
    assert farthest.end <= made.end


def _examples(name: str) -> list[dict[str, Any]]:
    return [msgspec.to_builtins(one) for one in policy(name).document.examples]


@pytest.mark.slow
@pytest.mark.parametrize("name", some_by_day(presets.names(), one_in=3))
def test_each_run_of_an_example_has_its_place_and_its_reason(name: str) -> None:
    for example in _examples(name):
        found, made = preview(policy(name), example), line(policy(name), example)
        drawn = [one for row in made.rows for one in row.runs]
        assert sorted(one.run.key for one in drawn) == sorted(run.key for run in found.runs)
        assert all(one.reason["zh"] and one.reason["en"] for one in nonempty(drawn)), example
        pairs = [(one.end, other.begin) for run in drawn for one, other in zip(run.stretches, run.stretches[1:])]  # noqa: B905
        assert [end for end, _ in pairs] == [begin for _, begin in pairs]
        assert [one.number for one in made.events] == list(range(1, len(example["events"]) + 1))


@pytest.mark.parametrize("name", some_by_day(presets.names(), one_in=3))
@pytest.mark.parametrize("language", LANGUAGES)
def test_texts_of_a_drawing_stay_inside_and_names_before_the_axis(name: str, language: str) -> None:
    for example in _examples(name):
        made = line(policy(name), example)
        for text in drawings(policy(name), made, language):
            root = ElementTree.fromstring(text)
            width = float(root.attrib["width"])
            for one in root.iter("text"):
                middle = one.attrib.get("text-anchor") == "middle"
                begin = float(one.attrib["x"]) - (text_width(one.text or "") / 2 if middle else 0)
                assert begin >= -1, (name, one.text)
                assert begin + text_width(one.text or "") <= width + 1, (name, one.text)


def test_two_drawings_of_a_page_share_no_id(fourteen: Policy) -> None:
    wide, narrow = drawings(fourteen, line(fourteen, trial("2026-03-01T10:00")), "en")
    ids = re.findall(r'\bid="([^"]+)"', wide + narrow)
    assert len(ids) == len(set(ids)) >= 4
