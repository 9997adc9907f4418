"""P4.7: a follow-up says what has happened since the last one."""

from __future__ import annotations

from tests.clauses.offices.hall import decided
from tests.clauses.organisation import Organisation


def test_p4_7_the_next_follow_up_says_what_has_happened_since_the_last_one(hall: Organisation) -> None:
    number = decided(hall)
    hall.act(number, "reception", "do_task", task="follow_up", feedback="已电话告知。")
    hall.world.move_to("2026-12-28T09:00:00+08:00")

    hall.act(number, "reception", "do_task", task="follow_up", feedback="再次电话告知。")

    assert hall.told("complainant", number)[0].endswith("上次反馈以来的进展：暂无。")
    assert hall.told("complainant", number, "en")[0].endswith("Since the last time: nothing new.")
