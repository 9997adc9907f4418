"""The desk's pages of reports: the question is the address, and each figure leads to the complaints that it counts."""

from __future__ import annotations

import csv
import io
import re
from html import unescape

import pytest

from chalicelib.features.reports.query import REPORTS
from tests.across.budgets.test_desk import KB, style, zipped
from tests.clauses.organisation import Organisation, hire, sign_up
from tests.clauses.world import InProcess
from tests.helpers.nonempty import nonempty
from tests.kernel.web.pages.browser import Browser
from tests.reports.desk_scene import FILED, LONG, NOVEMBER, office_of_months, read
from tests.sign_in.door import at_the_desk, desk

ALL_NOVEMBER = f"/inflow?{NOVEMBER}"


@pytest.fixture(scope="module")
def office() -> Organisation:
    return office_of_months()


def cells(browser: Browser) -> list[tuple[str, str]]:
    """The figures with links: the address and the number."""
    found = re.findall(r'<a href="([^"]*/cases\?[^"]*)">([^<]*)</a>', browser.answer.text)
    return [(unescape(href), text) for href, text in found]


def numbers(browser: Browser) -> list[str]:
    return re.findall(r"/desk/complaints/([0-9-]+)", browser.answer.text)


@pytest.mark.slow
def test_the_menu_leads_to_a_list_of_all_reports(office: Organisation) -> None:
    browser = at_the_desk(office, "owner")
    browser.follow("Reports")
    links = {href.rpartition("/")[2] for href, _ in browser.page.links if "/desk/reports/" in href}
    assert links == {*REPORTS, "inspections"}


@pytest.mark.parametrize("report", REPORTS)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_each_report_is_a_page_of_at_most_40_kilobytes(office: Organisation, report: str, language: str) -> None:
    browser = read(office, f"/{report}?{NOVEMBER}", language=language)
    assert browser.answer.status == 200
    assert zipped(browser.answer.text, style()) <= 40 * KB


def test_the_page_opens_with_a_sentence_that_compares_with_the_month_before(office: Organisation) -> None:
    text = read(office, ALL_NOVEMBER).page.text
    assert "Received: 5, 3 more than in Oct 2026;" in text


@pytest.mark.parametrize("query", ["", "&by=channel", "&by=channel&by=month", "&by=week", "&by=day", "&by=unit"])
def test_each_figure_leads_to_as_many_complaints_as_it_counts(office: Organisation, query: str) -> None:
    browser = read(office, f"/inflow?{NOVEMBER}&measure=received{query}")
    for href, text in nonempty(cells(browser)):
        browser.open(href)
        assert (browser.answer.status, len(numbers(browser))) == (200, int(text)), href


def test_a_figure_of_several_months_leads_to_all_its_complaints_on_one_page(office: Organisation) -> None:
    browser = read(office, "/inflow?from=2026-09-01&to=2026-12-16&measure=received")
    known = {text: href for href, text in cells(browser)}
    total = sum(FILED.values())
    browser.open(known[str(total)])
    assert len(numbers(browser)) == total
    assert not any("cursor=" in href for href, _ in browser.page.links)


def test_months_stand_side_by_side_and_one_that_has_not_ended_is_marked(office: Organisation) -> None:
    browser = read(office, "/inflow?from=2026-12-01&to=2026-12-31")
    [row] = re.findall(r'<th scope="row">Received</th>\n((?:<td>.*</td>\n)+)', browser.answer.text)
    assert [int(one) for one in re.findall(r">(\d+)</a>", row)] == list(FILED.values())
    assert "The period has not ended" in browser.page.text
    assert browser.answer.text.count("stroke-dasharray") == 2  # the month of the sign-up is no whole month, either


def test_a_period_that_has_not_ended_is_compared_with_as_many_days(office: Organisation) -> None:
    assert "than in 1 to 16 Nov 2026" in read(office, "/inflow?from=2026-12-01&to=2026-12-31").page.text


def test_a_filter_of_the_address_keeps_what_has_its_value_and_can_be_taken_away(office: Organisation) -> None:
    browser = read(office, f"{ALL_NOVEMBER}&channel=phone")
    assert "Received: 1" in browser.page.text
    [without] = [href for href, text in browser.page.links if text.lower().startswith("channel:")]
    browser.open(f"{desk(office)}/reports/inflow{without}")
    assert "Received: 5" in browser.page.text


def test_the_table_as_a_file_has_the_same_question(office: Organisation) -> None:
    browser = read(office, f"{ALL_NOVEMBER}&by=channel")
    [path] = [href for href, text in browser.page.links if text == "CSV"]
    text = browser.ask(path).text.removeprefix("\ufeff")
    found = {row["channel"]: row["received_count"] for row in csv.DictReader(io.StringIO(text))}
    assert found == {"phone": "1", "email": "4"}


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("/inflow?from=2027-01-01&to=2027-01-31", "There are figures from 2026-08-31 to 2026-12-16."),
        ("/inflow?from=2020-01-01&to=2020-01-31", "There are figures from 2026-08-31 to 2026-12-16."),
        ("/inflow?by=clock&measure=received", "is no dimension of received"),
        ("/inflow?measure=nothing", "is no measure of the report"),
        ("/inflow?from=2026-11-31", "is no day of the calendar"),
        ("/inflow?from=yesterday", "One value is invalid"),
        ("/inflow?by=month&by=week", "names a dimension twice"),
    ],
)
def test_a_question_without_an_answer_gets_a_page_that_says_what_is_possible(
    office: Organisation, query: str, said: str
) -> None:
    browser = read(office, query)
    assert browser.answer.status == 422
    assert said in browser.page.text
    for way in ("The last 30 days", "By month", "By channel"):
        assert browser.ask(next(href for href, text in browser.page.links if text == way)).status == 200


def test_an_unknown_report_is_not_found(office: Organisation) -> None:
    assert [read(office, f"/secrets{end}").answer.status for end in ("", "/cases", "/table.csv")] == [404] * 3


def test_without_complaints_a_sentence_stands_in_the_place_of_a_chart() -> None:
    browser = read(sign_up(InProcess("2026-11-27T09:00:00+08:00"), "platform"), "/inflow")
    assert "There are no figures yet." in browser.page.text
    assert "<svg" not in browser.answer.text


def test_people_of_a_unit_read_its_figures_only(office: Organisation) -> None:
    hire(office, "handler", name="northern", unit="north")
    browser = read(office, f"{ALL_NOVEMBER}&by=unit", who="northern")
    assert [text for _, text in cells(browser) if text.isdigit()] == ["1"]
    browser.open(f"{desk(office)}/reports{ALL_NOVEMBER}&unit=other")
    assert browser.answer.status == 403


def test_a_respondent_has_no_entry_and_is_refused(office: Organisation) -> None:
    hire(office, "respondent", name="seller", unit="north")
    browser = at_the_desk(office, "seller")
    assert [href for href, _ in browser.page.links if "/reports" in href] == []
    paths = ["", "/inflow", f"/inflow/cases?measure=received&{NOVEMBER}", "/inflow/table.csv"]
    assert [browser.ask(f"{desk(office)}/reports{path}").status for path in paths] == [403] * 4


def test_hostile_names_stay_text(office: Organisation) -> None:
    body = {"id": "hostile", "name": f"<script>{LONG}</script>"}
    answer = office.world.call("POST", f"{office.path}/units", body, auth=office.auth("owner"))
    assert answer.status == 201, answer.text
    office.file(unit="hostile")
    browser = read(office, "/inflow?by=unit", language="zh")
    assert f"&lt;script&gt;{LONG}" in browser.answer.text
    assert "<script>关于" not in browser.answer.text


@pytest.mark.parametrize("language", ["zh", "en"])
def test_each_figure_has_its_definition_in_one_line(office: Organisation, language: str) -> None:
    [one] = office.get(f"/reports/inflow?measure=received&{NOVEMBER}", "owner")["measures"]
    shown = read(office, ALL_NOVEMBER, language=language).page.text
    assert one["definition_zh" if language == "zh" else "definition"] in shown
