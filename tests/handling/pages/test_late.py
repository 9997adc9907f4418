"""A late office says so: what is late, whose it is, what happens now, and what the complainant can do."""

from __future__ import annotations

import pytest

from tests.clauses.organisation import Organisation
from tests.clauses.world import InProcess, advance
from tests.handling.pages.cases import late
from tests.handling.pages.shops import page_of, shop_with
from tests.kernel.web.pages.browser import Browser

LATE = "“Our answer to you” was due by Mon 30 Nov 2026 09:00. Responsible: Customer service. It is 1 hour late."


@pytest.fixture
def shop() -> Organisation:
    return shop_with()


def late_by(shop: Organisation, text: str) -> str:
    """The number of a complaint whose answer was due on Monday at nine."""
    number = shop.file()
    advance(shop.world, text)
    return number


def test_nothing_is_late_before_the_due_time(shop: Organisation) -> None:
    page = page_of(shop, late_by(shop, "2 days")).page

    assert "We are late" not in page.headings
    assert "What you can do about it" not in page.headings


def test_the_first_heading_below_the_number_says_that_the_office_is_late(shop: Organisation) -> None:
    number = late_by(shop, "73 hours")

    assert page_of(shop, number).page.headings[:2] == [f"Complaint {number}", "We are late"]


def test_it_says_which_deadline_since_when_and_by_whom(shop: Organisation) -> None:
    assert LATE in page_of(shop, late_by(shop, "73 hours")).page.text


def test_the_length_is_in_days_after_the_first_day(shop: Organisation) -> None:
    assert "It is 2 days late." in page_of(shop, late_by(shop, "5 days")).page.text


@pytest.mark.parametrize(
    ("after", "length"),
    [
        ("72 hours", "It is less than 1 working hour late."),  # on Monday at the opening
        ("75 hours", "It is 3 working hours late."),
        ("96 hours", "It is 1 working day late."),
        ("7 days", "It is 4 working days late."),
        ("10 days", "It is 5 working days late."),
    ],
)
def test_a_limit_of_working_days_is_late_by_working_days(after: str, length: str) -> None:
    shop = shop_with(clocks={"answer": {"within": "1 working day"}})

    assert length in page_of(shop, late_by(shop, after)).page.text


def test_it_says_that_the_complainant_need_do_nothing(shop: Organisation) -> None:
    page = page_of(shop, late_by(shop, "73 hours"), "zh").page

    assert "“我们的答复”应由客户服务在 2026年11月30日（周一） 09:00 前完成，已逾期 1 小时。" in page.text
    assert "这是我们的责任，您不用为此补办什么。" in page.text


def test_it_says_to_whom_it_was_reported_and_the_next_rung_with_its_time(shop: Organisation) -> None:
    text = page_of(shop, late_by(shop, "73 hours")).page.text

    assert "Mon 30 Nov 2026 09:00: to Manager" in text
    assert "If it is not done by Tue 1 Dec 2026 17:00, it is reported once more to: Manager." in text


def test_a_ladder_with_a_further_tier_names_it() -> None:
    tiers = [{"roles": "agent"}, {"roles": "manager", "within": "1 working day"}, {"roles": "owner_of_shop"}]
    shop = shop_with(people={"owner_of_shop": {"en": "Owner of the shop"}}, tiers=tiers)

    text = page_of(shop, late_by(shop, "73 hours")).page.text

    assert "If it is not done by Tue 1 Dec 2026 17:00, it is reported automatically to: Owner of the shop." in text


def test_a_delay_that_is_only_recorded_says_so() -> None:
    shop = shop_with(clocks={"answer": {"missed": "record", "duty": "office"}})

    assert "The delay is on record." in page_of(shop, late_by(shop, "73 hours")).page.text


def test_the_earliest_of_several_comes_first() -> None:
    shop = shop_with(
        clocks={"greeting": {"name": {"en": "Greeting"}, "from": "registered", "until": "decided", "within": "2 hours"}}
    )

    text = page_of(shop, late_by(shop, "73 hours")).page.text

    assert text.index("“Greeting” was due by Fri 27 Nov 2026 11:00") < text.index("“Our answer to you” was due by")


def test_one_can_remind_report_the_office_and_turn_to_the_body_outside(shop: Organisation) -> None:
    browser = page_of(shop, late_by(shop, "73 hours"))

    links = {words: href.partition("?")[0] for href, words in browser.page.links}
    assert links["Send a reminder"].endswith("/acts/remind")
    assert links["Consumer council"] == "https://council.example/"


def test_the_report_about_the_office_has_the_number_of_the_case(shop: Organisation) -> None:
    number = late_by(shop, "73 hours")
    browser = page_of(shop, number)

    browser.follow("Report the office")

    assert ("complaint", number) in browser.page.forms[0].values()


def test_after_a_reminder_it_says_when_the_next_one_is_possible(shop: Organisation) -> None:
    browser = page_of(shop, late_by(shop, "73 hours"))
    browser.follow("Send a reminder")

    page = browser.submit()

    assert "You have sent a reminder today. You can send the next one on the next working day." in page.text
    assert "Send a reminder" not in [words for _, words in page.links]


def test_what_was_late_and_is_done_is_history_and_no_warning(shop: Organisation) -> None:
    number = late_by(shop, "73 hours")
    shop.act(number, "agent", "decide", solution="Repaired.")

    page = page_of(shop, number).page

    assert "We are late" not in page.headings
    assert "Was late: due by Mon 30 Nov 2026 09:00, done on Mon 30 Nov 2026 10:00." in page.text


def test_what_was_done_in_time_is_history_too(shop: Organisation) -> None:
    number = shop.file()
    shop.act(number, "agent", "decide", solution="Repaired.")

    assert "Done in time on Fri 27 Nov 2026 09:00." in page_of(shop, number).page.text


def test_what_was_late_and_stopped_is_not_called_done() -> None:
    stages = {"registered": {"refuse": {"by": "agent", "to": "closed", "needs": "ground"}}}
    shop = shop_with(stages=stages, intake={"refusals": {"spam": {"en": "Spam"}}}, fields={"ground": {"en": "Ground"}})
    number = late_by(shop, "73 hours")
    shop.act(number, "agent", "refuse", ground="spam")

    assert "Was late: due by Mon 30 Nov 2026 09:00, and not done." in page_of(shop, number).page.text


def test_a_late_respondent_is_not_the_office() -> None:
    shop = shop_with(clocks={"answer": {"duty": "respondent"}})

    page = page_of(shop, late_by(shop, "73 hours")).page

    assert "The other side is late" in page.headings
    assert "This is our responsibility" not in page.text


def test_the_record_of_a_miss_names_its_deadline_once(shop: Organisation) -> None:
    page = page_of(shop, late_by(shop, "30 days")).page

    assert page.text.count("Deadline missed") == 1
    assert "Deadline\nOur answer to you" in page.text


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_preset_whose_office_is_late_says_each_part(language: str) -> None:
    office, number = late(InProcess("2026-11-27T09:00:00+08:00"))
    found = office.get(f"/complaints/{number}/deadlines", "complainant", number)["deadlines"]
    [missed] = [one for one in found if one["state"] == "missed"]

    page = page_of(office, number, language).page

    assert missed["label"][language] in page.texts[page.texts.index(page.headings[1]) + 1]
    assert missed["actor"][language] in page.texts[page.texts.index(page.headings[1]) + 1]


def test_the_deadlines_are_sorted_by_time_and_what_is_overdue_is_not_next() -> None:
    shop = shop_with(
        clocks={
            "later": {"name": {"en": "Later"}, "from": "registered", "until": "decided", "within": "30 days"},
            "sooner": {"name": {"en": "Sooner"}, "from": "registered", "until": "decided", "within": "20 days"},
        }
    )
    number = late_by(shop, "73 hours")

    browser: Browser = page_of(shop, number)

    names = ("What is overdue", "Our answer to you", "What is due next", "Sooner", "Later")
    assert [one for one in browser.page.headings if one in names] == list(names)
