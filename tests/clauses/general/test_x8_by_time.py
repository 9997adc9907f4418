"""X.8: what time writes in two languages is printed in the language of the form."""

from __future__ import annotations

import pytest

from tests.clauses import printed_page
from tests.clauses.offices import bureau as at_bureau
from tests.clauses.offices import company as at_company
from tests.clauses.organisation import Organisation

ZH = {
    "bureau": "投诉人在期限内未对处理意见作出答复，予以结案。",
    "company": "客户在期限内未对处理结果提出意见，予以结案。",
}
EN = {
    "bureau": "The complainant did not answer the handling opinion in time. The case is closed.",
    "company": "The customer did not answer the solution in time. The case is closed.",
}


@pytest.mark.parametrize(("language", "texts"), [("zh", ZH), ("en", EN)])
def test_x8_the_closing_of_a_silent_case_is_in_the_language_of_the_record(
    bureau: Organisation, language: str, texts: dict[str, str]
) -> None:
    number = at_bureau.decided(bureau)
    bureau.world.move_to("2026-11-20T09:00:00+08:00")

    values = printed_page.printed(bureau, number, "complaint_record", "leader", language=language).values

    [line] = values["相关处理" if language == "zh" else "Handling record"]
    assert texts["bureau"] in line
    assert ({"zh": EN, "en": ZH}[language])["bureau"] not in line


@pytest.mark.parametrize(("language", "texts"), [("zh", ZH), ("en", EN)])
def test_x8_the_closing_of_a_silent_case_is_in_the_language_of_the_work_order(
    company: Organisation, language: str, texts: dict[str, str]
) -> None:
    number = at_company.decided(company)
    company.world.move_to("2026-12-20T09:00:00+08:00")

    values = printed_page.printed(company, number, "work_order", "agent", language=language).values

    [line] = values["处理小结" if language == "zh" else "Summary"]
    assert line.startswith(texts["company"])
    assert ({"zh": EN, "en": ZH}[language])["company"] not in line
