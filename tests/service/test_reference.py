"""The documentation of the API on pages: every operation and schema of the OpenAPI document has its page."""

from __future__ import annotations

import gzip
import re

import pytest

from chalicelib.features.service.pages.operations import type_text
from chalicelib.web.pages import assets
from chalicelib.web.pages.reader import Reader
from tests.clauses.world import InProcess
from tests.helpers.nonempty import nonempty
from tests.kernel.web.pages.browser import Browser


def test_the_first_page_lists_each_operation(browser: Browser) -> None:
    browser.open("/")
    page = browser.follow("接口文档")
    document = browser.world.client.request("GET", "/v1/openapi.json").json
    ids = {one["operationId"] for operations in document["paths"].values() for one in operations.values()}
    listed = {href.removeprefix("/docs/") for href, _ in page.links if href.startswith("/docs/")}
    assert listed == {*ids, "problems"}


@pytest.mark.slow
def test_each_operation_and_schema_has_a_page_without_broken_links(world: InProcess) -> None:
    browser = Browser(world, "en")
    seen, left = set[str](), ["/docs"]
    while left:
        path = left.pop()
        page = browser.open(path)
        assert browser.answer.status == 200, path
        seen.add(path)
        found = {href.partition("#")[0] for href, _ in page.links if href.startswith("/docs")}
        left += sorted(found - seen - {*left})
    document = browser.world.client.request("GET", "/v1/openapi.json").json
    operations = sum(len(one) for one in document["paths"].values())
    assert len([path for path in seen if "/schemas/" not in path]) == operations + 2
    assert len([path for path in seen if "/schemas/" in path]) > operations // 2


def test_an_operation_shows_parameters_body_and_answers(browser: Browser) -> None:
    page = browser.open("/docs/post_complaint?lang=en")
    assert page.headings[:4] == ["File a complaint", "Parameters", "Body of the request", "Responses"]
    assert "Idempotency-Key" in page.text
    assert "NewComplaint" in {words for _, words in page.links}
    assert "202611-000001" in browser.answer.text


@pytest.mark.parametrize("path", ["/docs", "/docs/problems", "/docs/post_evidence", "/docs/schemas/UploadForm"])
def test_a_reader_of_chinese_reads_no_english(browser: Browser, path: str) -> None:
    """Names of operations, schemas and media types, and examples, are code."""
    for page in (browser.open(path), browser.open(f"{path}?lang=zh")):
        told = re.sub(r"<(script|style|pre|code|title)\b.*?</\1>", "", browser.answer.text, flags=re.DOTALL)
        words = re.findall(r">([^<>]*)<", told)
        sentences = [text for text in words if re.search(r"[a-z]+ [a-z]+ [a-z]+", text)]
        assert (page.language, sentences) == ("zh-CN", [])


def test_the_choice_of_a_language_is_kept_on_the_way(world: InProcess) -> None:
    browser = Browser(world, "zh")
    browser.open("/docs?lang=en")
    assert browser.follow("File a complaint").headings[0] == "File a complaint"
    assert browser.follow("Documentation of the API").headings[0] == "Documentation of the API"
    browser = Browser(world, "en")
    browser.open("/docs?lang=zh")
    assert browser.follow("登记投诉").headings[0] == "登记投诉"


def test_an_operation_leads_to_the_explanation_of_its_problems(browser: Browser) -> None:
    page = browser.open("/docs/post_evidence")
    [(href, _)] = [(href, words) for href, words in page.links if words == "quota-exceeded"]
    assert href == "/docs/problems#quota-exceeded"
    page = browser.open("/docs/problems")
    assert "quota-exceeded" in page.ids
    assert "机构套餐额度已用尽" in page.headings


@pytest.mark.parametrize("path", ["/docs/nothing", "/docs/schemas/Nothing", "/docs/schemas/%3Cscript%3E"])
def test_what_the_api_lacks_is_a_missing_page(browser: Browser, path: str) -> None:
    browser.open(path)
    assert browser.answer.status == 404


@pytest.mark.parametrize(
    ("schema", "text"),
    [
        ({"$ref": "#/components/schemas/About"}, "About"),
        ({"anyOf": [{"type": "string"}, {"type": "null"}]}, "string or null"),
        ({"enum": ["zh", "en"]}, '"zh" or "en"'),
        ({"type": "array", "items": {"type": "string"}, "maxItems": 20}, "array of string, at most 20 items"),
        ({"type": "object", "additionalProperties": {"type": "integer"}}, "object of integer"),
        ({"type": ["string", "null"]}, "string or null"),
        ({"const": 1}, "1"),
        ({}, "any value"),
    ],
)
def test_types_are_told_in_words(schema: dict[str, object], text: str) -> None:
    assert type_text(schema, Reader("en", chosen=False).text) == text


def test_pages_of_the_documentation_are_small(browser: Browser) -> None:
    style = browser.world.client.request("GET", assets.path("pages.css")).text
    for path in nonempty(["/docs", "/docs/problems", "/docs/post_complaint", "/docs/put_policy_draft"]):
        browser.open(path)
        assert len(gzip.compress((browser.answer.text + style).encode())) <= 14_000, path
