"""P9.3 `food-drug-administration`: a complainant is told which condition is not met, in message, mail and page."""

from __future__ import annotations

from tests.clauses.offices.bureau import CONDITIONS, filed
from tests.clauses.organisation import Organisation
from tests.kernel.web.pages.browser import Browser

INTEREST = "投诉者与投诉事项有直接利害关系"
TOLD = "您的投诉 {} 不予受理，理由：不符合受理条件（未满足：" + INTEREST + "）。"


def refused(bureau: Organisation, **unmet: bool) -> str:
    number = filed(bureau, **{"complainant.email": "one@mail.example"})
    fields = {"ground": "condition_not_met", "conditions": {**CONDITIONS, **unmet}}
    bureau.act(number, "information_centre", "refuse", **fields)
    return number


def test_p9_3_the_message_names_the_condition_that_is_not_met(bureau: Organisation) -> None:
    number = refused(bureau, direct_interest=False)

    assert bureau.told("complainant", number)[0] == TOLD.format(number)
    assert bureau.told("complainant", number, "en")[0].endswith("(not met: Direct interest).")


def test_p9_3_each_condition_that_is_not_met_is_named(bureau: Organisation) -> None:
    number = refused(bureau, direct_interest=False, proper_statement=False)

    assert f"（未满足：{INTEREST}；提交符合规定的口头或书面投诉书）" in bureau.told("complainant", number)[0]


def test_p9_3_the_mail_names_it_too(bureau: Organisation) -> None:
    number = refused(bureau, direct_interest=False)

    bureau.world.settle()

    assert TOLD.format(number) in bureau.world.mail("one@mail.example").replace("\n", "")


def test_p9_3_the_page_names_it_too(bureau: Organisation) -> None:
    number = refused(bureau, direct_interest=False)
    bureau.world.settle()
    browser = Browser(bureau.world)  # type: ignore[arg-type]
    browser.open(f"/t/{bureau.id}/case")
    page = browser.submit(number=number, receipt=bureau.filed[number].receipt)

    assert INTEREST in page.text


def test_p9_3_another_ground_names_no_condition(bureau: Organisation) -> None:
    number = filed(bureau)
    bureau.act(number, "information_centre", "refuse", ground="no_facts", conditions={**CONDITIONS, "definite": False})

    assert bureau.told("complainant", number)[0] == f"您的投诉 {number} 不予受理，理由：无具体的投诉事实。"
