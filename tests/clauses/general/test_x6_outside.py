"""A complainant whose office is late learns on the page of the complaint where else they can turn."""

from __future__ import annotations

import pytest

from chalicelib.kit.instants import HOUR, from_text, to_text
from tests.clauses.general.offices_by_preset import office_of, play
from tests.kernel.web.pages.case_page import case_page

MARKET, HOTLINE = ("全国 12315 平台（市场监督管理部门）", "https://www.12315.cn/"), ("12345 政务服务便民热线", "")
OUTSIDE = {
    **dict.fromkeys(("platform", "auto-repair", "auto-repair-forms", "corporate-standard", "customer-service"), MARKET),
    **dict.fromkeys(("property-management", "government-service-centre"), HOTLINE),
    "telecom-regulator": ("国务院“互联网+督查”平台", ""),
    "food-drug-administration": ("市食品药品监督管理局相关部门", ""),
}

BEGUN = {"telecom-regulator": "accepted"}
"""With which step the office's time begins, if it is not the filing."""


@pytest.mark.parametrize("preset", OUTSIDE)
def test_x6_a_late_office_names_the_body_outside(preset: str) -> None:
    office, (name, url) = office_of(preset), OUTSIDE[preset]
    number = play(office, {"after": BEGUN.get(preset, "file")})
    found = office.get(f"/complaints/{number}/deadlines", "complainant", number)["deadlines"]
    due = min(one["due"] for one in found if one["duty"] == "office" and one["state"] == "running")
    office.world.move_to(to_text(from_text(due) + HOUR))

    page = case_page(office, number, html=True)

    link = f'<a href="{url}" rel="noreferrer">{name}</a>' if url else f"<strong>{name}</strong>"
    assert f"您也可以不再等，直接找上级或外部机构：<br>{link}" in page
