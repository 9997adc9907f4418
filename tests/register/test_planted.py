"""Nothing of a case's personal data is in any public answer, even if they are in its texts for publication.

Each datum of the case is planted in each form in which people write it, as the whole summary and inside a sentence. The
register, its feed, its CSV and every header are searched for it.
"""

from __future__ import annotations

import unicodedata

import pytest

from tests.clauses.offices.marketplace import marketplace_in
from tests.clauses.organisation import Organisation
from tests.clauses.world import InProcess
from tests.register.asking import asked
from tests.register.notices import agree, approve, closed_major, corrected, on, prepared, try_on

FACTS = {
    "complainant.name": "王小明",
    "complainant.contact": "13800138000",
    "complainant.email": "wang.xiaoming@example.com",
    "respondent.name": "幸福花店",
    "reason": "我的网名是“小白兔”，住在杭州市西湖区文三路100号2单元，车牌浙A·12345，"
    "订单2026-1127-0099，邮箱xm_wang@example.org。",
}
FILE = "小明的收据_0042.jpg"
FORMS = {
    "name": ["王小明", "王 小 明", "小明", "王先生", "小王", "Wang Xiaoming", "wangxiaoming", "X.M. Wang", "WXM"],
    "phone": [
        "13800138000",
        "138 0013 8000",
        "138-0013-8000",
        "+8613800138000",
        "0086 138 0013 8000",
        "１３８００１３８０００",
        "一三八零零一三八零零零",
    ],
    "email": ["wang.xiaoming@example.com", "WANG.XIAOMING＠EXAMPLE.COM", "xm_wang@example.org"],
    "nickname": ["小白兔", "小白 兔"],
    "plate": ["浙A12345", "浙A·12345", "浙Ａ１２３４５"],
    "order": ["2026-1127-0099", "202611270099"],
    "address": ["文三路100号", "杭州市西湖区文三路 100 号", "文三路１００号"],
    "respondent": ["幸福花店", "幸福 花店", "seller", "ＳＥＬＬＥＲ"],
    "file": [FILE, "小明的收据0042"],
}
PLANTED = [
    pytest.param(form, id=f"{kind} {place}") for kind, forms in FORMS.items() for place, form in enumerate(forms)
]


@pytest.fixture(scope="module")
def office() -> Organisation:
    """A major complaint with all of these, whose notice is prepared. `world` is not moved."""
    found = marketplace_in(InProcess("2026-11-27T09:00:00+08:00"))
    found.always = {"facts": FACTS, "unit": "seller"}
    return found


@pytest.fixture(scope="module")
def number(office: Organisation) -> str:
    return closed_major(office, summary=None, file=FILE)


@pytest.mark.parametrize("form", PLANTED)
@pytest.mark.parametrize("sentence", ["{}", "经核实，{}所述属实。", "（{}）"])
def test_a_planted_datum_is_refused(office: Organisation, number: str, form: str, sentence: str) -> None:
    text = sentence.format(form)

    answer = try_on(office, number, "director", "edit", texts={"summary_for_public": text})

    assert (answer.status, answer.pointer) == (422, "/fields/texts/summary_for_public")
    first = answer.json["errors"][0]
    particular = text[first["start"] : first["end"]]
    assert particular in form
    assert len(particular) >= 2
    assert form not in answer.text.replace("characters", "")


def everything_public(office: Organisation) -> str:
    """All public answers with their headers, plain and in NFKC."""
    paths = ["", ".atom", *(f"/{one['id']}" for one in asked(office).json["notices"])]
    answers = [asked(office, path) for path in paths]
    answers += [asked(office, "", Accept="text/csv", Accept_Language=language) for language in ("zh", "en")]
    answers += [asked(office, "?limit=1"), asked(office, "/" + "0" * 32), asked(office, "?owner=x")]
    text = "\n".join(f"{answer.headers}\n{answer.text}" for answer in answers)
    return text + unicodedata.normalize("NFKC", text)


def test_no_public_answer_has_a_datum_of_the_case(office: Organisation, number: str) -> None:
    on(office, number, "director", "edit", texts={"summary_for_public": "商家发错货，已退款。"})
    agree(office, number)
    approve(office, number)
    office.world.move_to("2026-12-05T10:00:00+08:00")
    corrected(office, number, "商家发错货，已换货。")

    text = everything_public(office)

    assert "商家发错货，已换货。" in text
    planted = [*(form for forms in FORMS.values() for form in forms), *FACTS.values(), number, office.subs["handler"]]
    assert [form for form in planted if form in text] == []
    assert "T09:" not in text  # no time of day of the case


def test_a_datum_that_the_case_gains_later_stops_the_publication(office: Organisation) -> None:
    """The summary was approved before the complainant gave a name that is in it."""
    fresh = marketplace_in(InProcess("2026-11-27T09:00:00+08:00"))
    number = closed_major(fresh, summary="商家与阿豹已和解。")
    on(fresh, number, "complainant", "consent")
    on(fresh, number, "director", "approve")
    fresh.act(number, "handler", "note", text="投诉人昵称是阿豹。")

    fresh.world.move_to("2026-12-05T10:00:00+08:00")

    assert asked(fresh).json["notices"] == []
    assert prepared(fresh, number)["waits_for"] == ["text"]
