"""Runs as events store them: instants are text. Runs that events started are those of the last event that has them."""

from __future__ import annotations

from msgspec.structs import replace

from chalicelib.complaints import runs
from chalicelib.complaints.runs import PAUSED, Run, TotalStart

PLAIN = Run(clock="answer", n=1, seq=4, started=0, limit="5 days", hours="open", due=None)
RUN = Run(
    **{"clock": "answer", "n": 2, "seq": 4, "started": 946_684_800_000, "limit": "5 days", "hours": "open"},
    due=946_684_801_000,
    stated=946_684_802_000,
    before=946_684_803_000,
    next=946_684_804_000,
    ended=946_684_805_000,
    warns=[946_684_806_000],
    pauses=[[946_684_807_000, 946_684_808_000], [946_684_809_000, None]],
    begins=946_684_810_000,
    moved=[("plant", 946_684_811_000)],
    total=TotalStart(start=946_684_812_000, pauses=[[946_684_813_000, 946_684_814_000]]),
)


def test_each_instant_of_a_run_is_stored_as_text() -> None:
    stored = runs.to_json(RUN)
    names = ("started", "due", "stated", "before", "next", "ended")
    assert [stored[name][17:19] for name in names] == ["00", "01", "02", "03", "04", "05"]
    assert stored["warns"] == ["2000-01-01T00:00:06.000Z"]
    assert stored["pauses"] == [
        ["2000-01-01T00:00:07.000Z", "2000-01-01T00:00:08.000Z"],
        ["2000-01-01T00:00:09.000Z", None],
    ]
    assert (stored["begins"][17:19], stored["moved"]) == ("10", [("plant", "2000-01-01T00:00:11.000Z")])
    total = {"start": "2000-01-01T00:00:12.000Z"}
    assert stored["total"] == {**total, "pauses": [["2000-01-01T00:00:13.000Z", "2000-01-01T00:00:14.000Z"]]}


def test_a_run_is_read_as_it_was_stored() -> None:
    plain = replace(PLAIN, started=RUN.started)
    assert [runs.from_json(runs.to_json(run)) for run in (RUN, plain)] == [RUN, plain]


def test_of_the_runs_of_a_first_event_the_last_state_counts() -> None:
    started, other = replace(PLAIN, started=RUN.started), replace(PLAIN, clock="other", started=RUN.started)
    paused = replace(started, state=PAUSED)
    later = [[runs.to_json(paused), runs.to_json(other)], []]
    assert runs.latest([[runs.to_json(started)], *later]) == [paused]
