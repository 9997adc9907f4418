"""A ledger reads one list of the staff queue, so its stages have one shelf."""

from __future__ import annotations

from typing import Any

from tests.kernel.policy.refused.test_cannot_work import kinds, opened


def faults(*stages: str) -> list[tuple[str, str]]:
    made: dict[str, Any] = {"waiting": {"name": {"en": "W"}, "for": "agent", "stages": list(stages)}}
    waiting = {"by": "agent", "to": "waiting"}
    known = opened(park=waiting) | {
        "waiting": {"shelf": "pending", "resume": {"by": "agent", "to": "open"}},
        "done": {},
    }
    return kinds(stages=known, ledgers=made)


def test_a_ledger_of_stages_on_several_shelves_is_refused() -> None:
    assert faults("open", "waiting") == [("ledger-of-several-shelves", "/ledgers/waiting/stages")]


def test_a_ledger_of_stages_on_one_shelf_is_possible() -> None:
    assert (faults("waiting"), faults("open", "done")) == ([], [])
