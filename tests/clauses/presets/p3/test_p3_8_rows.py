"""P3.8: a row of a ledger can be read as on paper, on screen and as a table, in words and local times."""

from __future__ import annotations

import csv
import io

import pytest

from tests.clauses.offices.workshop import parked
from tests.clauses.organisation import Organisation
from tests.exports.exported import world_of

KEEPERS = {"manager": "customer_manager", "centre": "service_centre"}


def row(workshop: Organisation, name: str, language: str = "zh") -> dict[str, str]:
    path = f"{workshop.path}/ledgers/{name}"
    headers = {"Accept": "text/csv", "Accept-Language": language}
    answer = workshop.world.call("GET", path, auth=workshop.auth(KEEPERS[name]), headers=headers)
    titles, line = list(csv.reader(io.StringIO(answer.text.removeprefix("\ufeff"))))
    return dict(zip(titles, line, strict=True))


@pytest.mark.parametrize("name", KEEPERS)
def test_p3_8_a_row_has_plate_number_customer_summary_and_the_reason_in_words(
    workshop: Organisation, name: str
) -> None:
    parked(workshop, "parts_delay")

    [matter] = workshop.get(f"/ledgers/{name}", KEEPERS[name])["matters"]

    assert [(one["name"]["zh"], one["text"]["zh"], one["text"]["en"]) for one in matter["shows"]] == [
        ("车牌号", "示A00000", "示A00000"),
        ("客户姓名", "示例车主", "示例车主"),
        ("内容概要", "空调维修后仍不制冷", "空调维修后仍不制冷"),
        ("未了原因", "配件延时", "Parts are delayed"),
    ]


def test_p3_8_the_table_is_in_words_and_local_time(workshop: Organisation) -> None:
    number = parked(workshop, "parts_delay")
    workshop.world.move_to("2026-12-01T09:00:00+08:00")

    found = row(workshop, "manager")

    assert {name: found[name] for name in ("编号", "车牌号", "客户姓名", "内容概要", "未了原因")} == {
        "编号": number,
        "车牌号": "示A00000",
        "客户姓名": "示例车主",
        "内容概要": "空调维修后仍不制冷",
        "未了原因": "配件延时",
    }
    assert (found["阶段"], found["进入该阶段的时间"]) == ("未了事宜", "2026年11月27日 09:00")
    assert (found["等级"], found["分类"]) == ("一般投诉", "质量问题")
    assert found["应办任务"] == "未了事宜的客户沟通（提醒及时回厂处理） 2026年12月4日 24:00"
    assert "恢复处理" in found["可办操作"]
    assert not [text for text in found.values() if "parts_delay" in text or "T09:00" in text or "running" in text]


def test_p3_8_the_table_has_an_english_edition(workshop: Organisation) -> None:
    parked(workshop, "parts_delay")

    found = row(workshop, "manager", "en")

    assert (found["Why it is pending"], found["Since"]) == ("Parts are delayed", "27 Nov 2026 09:00")


def test_p3_8_reading_a_ledger_is_on_the_complaints_record(workshop: Organisation) -> None:
    number = parked(workshop)

    workshop.get("/ledgers/manager", "customer_manager")

    reads = workshop.get(f"/complaints/{number}/reads", "owner")["reads"]
    assert [one["classes"] for one in reads if one["route"].endswith("/ledgers/{ledger}")] == [
        ["complainant", "content"]
    ]


@pytest.mark.slow
def test_p3_8_a_frozen_ledger_has_no_private_values(workshop: Organisation) -> None:
    parked(workshop)
    workshop.world.move_to("2026-12-01T02:00:00+08:00")
    world_of(workshop).sweep()

    [matter] = workshop.get("/ledgers/manager?month=2026-11", "customer_manager")["matters"]

    assert "shows" not in matter
