"""Every text of the OpenAPI document has a Chinese one, and readers get the document in their language."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import openapi_spec_validator
import pytest

import app
from chalicelib.features.service import routes as meta
from chalicelib.web.openapi import document as openapi
from chalicelib.web.openapi import localized
from chalicelib.web.problems import PROBLEM_TYPES
from tests.kernel.web.client import Frame

ENGLISH = json.loads(openapi.text(app.app.contracts))
PAIRS = list(localized.pairs())
CODE = r"`[^`]*`"


def texts() -> Iterator[str]:
    """What has words outside of code: a list of problem kinds, or the number of an RFC, has none."""
    found = [*localized.texts(ENGLISH), *(tag["name"] for tag in ENGLISH["tags"])]
    found += [row.explanation for row in PROBLEM_TYPES.values()]
    return (localized.key(text) for text in found if re.search("[a-z]", re.sub(CODE, "", text)))


def without_texts(part: Any) -> Any:
    """The document with empty texts, and without the names of tags for people."""
    if isinstance(part, list):
        return [without_texts(one) for one in part]
    if not isinstance(part, dict):
        return part
    return {
        name: "" if name in ("summary", "description") and isinstance(one, str) else without_texts(one)
        for name, one in part.items()
        if name != "x-displayName"
    }


def test_each_text_has_a_chinese_text() -> None:
    assert sorted(set(texts()) - {pair.en for pair in PAIRS}) == [], "add them to a section `descriptions`"


def test_each_chinese_text_is_used_and_an_english_one_has_one() -> None:
    assert sorted({pair.en for pair in PAIRS} - set(texts())) == [], "the document has these texts no more"
    several = Counter(en for en, _ in {(pair.en, pair.zh) for pair in PAIRS})
    assert [text for text, times in several.items() if times > 1] == []


def test_a_chinese_text_has_the_names_of_the_english_one() -> None:
    other = [pair.en for pair in PAIRS if set(re.findall(CODE, pair.en)) != set(re.findall(CODE, pair.zh))]
    assert other == []


def test_a_chinese_text_is_written_in_chinese() -> None:
    """With Chinese punctuation. A sentence ends with 。, a name or a title does not."""
    bare = [re.sub(rf"{CODE}|[0-9],[0-9]", "", pair.zh) for pair in PAIRS]
    assert [text for text in bare if not re.search("[\u4e00-\u9fff]", text) or re.search("[,;?!]", text)] == []
    assert [pair for pair in PAIRS if pair.zh.endswith("。") != pair.en.endswith(".")] == []


def test_the_document_in_chinese_describes_the_same_operations() -> None:
    chinese = localized.localized(ENGLISH, "zh")

    assert without_texts(chinese) == without_texts(ENGLISH)
    assert {tag["name"]: tag["x-displayName"] for tag in chinese["tags"]}["Complaints"] == "投诉"


@pytest.mark.nightly  # by day the English document is validated, which differs in its texts only
def test_the_document_in_chinese_is_valid() -> None:
    openapi_spec_validator.validate(localized.localized(ENGLISH, "zh"))


@pytest.mark.parametrize(
    ("preferred", "language", "summary"),
    [
        ("zh-CN,zh;q=0.9,en;q=0.8", "zh", "取得本文件"),
        ("en", "en", "Get this document"),
        (None, "en", "Get this document"),
    ],
)
def test_the_document_is_served_in_the_language_of_the_reader(
    frame: Frame, preferred: str | None, language: str, summary: str
) -> None:
    meta.register(frame.api)

    answer = frame.send("GET", "/v1/openapi.json", **({"Accept_Language": preferred} if preferred else {}))

    assert answer.headers["Content-Language"] == language
    assert answer.headers["Vary"] == "Accept-Language"
    assert json.loads(answer.body)["paths"]["/v1/openapi.json"]["get"]["summary"] == summary


def test_the_page_of_a_problem_is_in_the_language_of_the_reader(frame: Frame) -> None:
    meta.register(frame.api)

    chinese = frame.send("GET", "/v1/problems/tenant-taken", Accept_Language="zh-CN").body.decode()
    english = frame.send("GET", "/v1/problems/tenant-taken").body.decode()

    assert "机构标识不会重复使用。" in chinese
    assert "Ids of organisations are never reused." in english
