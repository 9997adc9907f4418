"""The register says for whom it is, has a feed for each category, and joins a result with the one that replaces it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode
from xml.etree import ElementTree

import pytest

from tests.clauses.offices.marketplace import changed, marketplace_in
from tests.clauses.organisation import Organisation
from tests.clauses.world import InProcess
from tests.kernel.web.pages.browser import Browser
from tests.register.notices import corrected, published

ATOM = "{http://www.w3.org/2005/Atom}"
FOR_THE_PUBLIC = {"zh": "投诉公示向社会公开", "en": "The notices about complaints are for the public."}
FOR_USERS = {"zh": "投诉处理结果只向在本机构投诉的人通报", "en": "results of complaints are only for people who have"}


def with_policy(office: Organisation, change: Callable[[dict[str, Any]], None]) -> Organisation:
    """The office under a changed policy."""
    policy = office.world.call("GET", f"/v1/presets/{office.preset}").json["policy"]
    del policy["examples"]
    change(policy)
    answer = office.world.call("POST", f"{office.path}/policy/publish", {"policy": policy}, auth=office.auth("owner"))
    assert answer.status == 201, answer.text
    return office


def without_category(policy: dict[str, Any]) -> None:
    policy["publicity"]["notices"]["shows"].remove("category")


def for_users_alone(policy: dict[str, Any]) -> None:
    del policy["publicity"]["notices"], policy["fields"]["summary_for_public"]["consent"]


@pytest.fixture
def market(world: InProcess) -> Organisation:
    """Its only notice shows the category."""
    found = marketplace_in(world)
    published(found)
    return found


@pytest.fixture
def plain(world: InProcess) -> Organisation:
    """Its notices show no category."""
    found = with_policy(marketplace_in(world), without_category)
    published(found)
    return found


def read_feed(market: Organisation, path: str) -> ElementTree.Element:
    answer = market.world.call("GET", path)
    assert answer.status == 200, answer.text
    return ElementTree.fromstring(answer.text)


def entries(feed: ElementTree.Element) -> int:
    return len(feed.findall(f"{ATOM}entry"))


def offered(browser: Browser) -> dict[str, str]:
    """Text and path of each feed."""
    return {words.strip(): href for href, words in browser.page.links if "/notices.atom" in href}


def shown_category(market: Organisation) -> dict[str, Any]:
    """The category of the only notice, as its field."""
    [notice] = market.world.call("GET", f"{market.path}/notices").json["notices"]
    return next(field for field in notice["fields"] if field["kind"] == "category")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_page_says_who_reads_notices_and_who_reads_results(
    market: Organisation, browser: Browser, language: str
) -> None:
    page = browser.open(f"/t/{market.id}/register?lang={language}")
    assert FOR_THE_PUBLIC[language] in page.text
    assert FOR_USERS[language] in page.text


def test_a_register_for_users_alone_says_where_they_read_it(world: InProcess, browser: Browser) -> None:
    office = with_policy(marketplace_in(world), for_users_alone)
    page = browser.open(f"/t/{office.id}/register")
    assert FOR_USERS["zh"] in page.text
    assert f"/t/{office.id}/case" in [href for href, _ in page.links]


def test_each_category_that_notices_show_has_a_feed(market: Organisation, browser: Browser) -> None:
    field = shown_category(market)
    browser.open(f"/t/{market.id}/register")
    path = offered(browser)[field["text"]["zh"]]
    feed = read_feed(market, path)
    assert entries(feed) == 1
    assert feed.findtext(f"{ATOM}title", "").endswith(f"：{field['text']['zh']}")


def test_the_feed_of_another_category_is_empty(market: Organisation, browser: Browser) -> None:
    own = shown_category(market)["text"]["zh"]
    browser.open(f"/t/{market.id}/register")
    others = [path for label, path in offered(browser).items() if label not in (own, "全部公示")]
    assert others
    assert [entries(read_feed(market, path)) for path in others] == [0] * len(others)


def test_without_categories_in_notices_there_is_one_feed_and_no_filter_by_category(
    plain: Organisation, browser: Browser
) -> None:
    page = browser.open(f"/t/{plain.id}/register")
    assert list(offered(browser)) == ["全部公示"]
    assert "category" not in {one.name for one in page.forms[0].controls}


def test_each_feed_is_known_by_its_own_address(market: Organisation, browser: Browser) -> None:
    browser.open(f"/t/{market.id}/register?lang=en")
    paths = list(offered(browser).values())
    feeds = [read_feed(market, path) for path in paths]
    assert len({feed.findtext(f"{ATOM}id") for feed in feeds}) == len(paths)
    own = [feed.find(f"{ATOM}link[@rel='self']") for feed in feeds]
    assert [one.attrib["href"].removeprefix("https://redress.example") for one in own if one is not None] == paths


def test_a_feed_of_the_english_page_is_in_english(market: Organisation, browser: Browser) -> None:
    browser.open(f"/t/{market.id}/register?lang=en")
    feed = read_feed(market, offered(browser)["All notices"])
    assert [one.text for one in feed.iter(f"{ATOM}title")][1] == "Notice about a complaint"


def test_a_category_that_the_policy_no_longer_has_is_an_empty_feed(market: Organisation) -> None:
    feed = read_feed(market, f"/v1/t/{market.id}/notices.atom?category=gone")
    assert entries(feed) == 0
    assert feed.findtext(f"{ATOM}title", "").endswith("gone")


def test_what_is_no_code_is_not_repeated_in_the_title(market: Organisation) -> None:
    query = urlencode({"category": "Call 000 to get your money back", "lang": "en"})
    feed = read_feed(market, f"/v1/t/{market.id}/notices.atom?{query}")
    assert entries(feed) == 0
    assert feed.findtext(f"{ATOM}title", "").endswith(": public register")


def test_weeks_are_shown_by_their_days(market: Organisation, browser: Browser) -> None:
    page = browser.open(f"/t/{market.id}/register")
    assert "2026年11月23日至2026年11月29日" in page.text
    assert re.search("W[0-9]{2}", page.text) is None


@pytest.mark.parametrize(
    ("language", "corrected_on"), [("zh", "已于2026年12月4日更正"), ("en", "Corrected on 4 Dec 2026")]
)
def test_the_feed_says_that_a_notice_was_corrected(language: str, corrected_on: str) -> None:
    office = marketplace_in(InProcess("2026-11-27T09:00:00+08:00"))
    corrected(office, published(office), "商家发错货，已全额退款。")

    feed = read_feed(office, f"/v1/t/{office.id}/notices.atom?lang={language}")

    assert corrected_on in feed.findtext(f"{ATOM}entry/{ATOM}content", "")


def test_an_announced_result_and_the_one_that_replaces_it_lead_to_each_other(
    market: Organisation, browser: Browser
) -> None:
    changed(market)
    own = market.file()
    market.world.settle()
    browser.open(f"/t/{market.id}/case")
    browser.submit(number=own, receipt=market.filed[own].receipt)
    text = browser.answer.text
    links = re.findall(r'href="#(notice-[0-9a-f]+)"', text)
    assert len(links) == 2
    assert [text.count(f'id="{link}"') for link in links] == [1, 1]
    assert "由后来的结果取代" in text
