"""P4.7: a follow-up says what has happened since the last one."""

from __future__ import annotations

from tests.clauses.offices.hall import decided
from tests.clauses.organisation import Organisation
from tests.clauses.world import skip_to


def test_p4_7_the_next_follow_up_says_what_has_happened_since_the_last_one(hall: Organisation) -> None:
    number = decided(hall)
    hall.act(number, "reception", "do_task", task="follow_up", feedback="已电话告知。")
    hall.world.move_to("2026-12-28T09:00:00+08:00")

    hall.act(number, "reception", "do_task", task="follow_up", feedback="再次电话告知。")

    assert hall.told("complainant", number)[0].endswith("上次反馈以来的进展：暂无。")
    assert hall.told("complainant", number, "en")[0].endswith("Since the last time: nothing new.")


def test_p4_7_a_follow_up_during_the_second_investigation_is_told(hall: Organisation) -> None:
    number = decided(hall)
    skip_to(hall.world, hall.deadline(number, "silence")["due"])
    hall.act(number, "complainant", "reopen")
    before = hall.told("complainant", number)

    hall.act(number, "reception", "do_task", task="follow_up", feedback="正在核实。")

    [text] = hall.told("complainant", number)[: -len(before)]
    assert text.startswith(f"本中心正在重新处理您的投诉 {number}。上次反馈以来的进展：")
    english = hall.told("complainant", number, "en")[0]
    assert english.startswith(f"We are working on your complaint {number} again. Progress since the last message: ")
    assert not text.endswith("：。")
