"""The preferred language of a request (RFC 9110 section 12.5.4)."""

from __future__ import annotations

import pytest

from chalicelib.web.languages import preferred


@pytest.mark.parametrize(
    "header",
    [
        "zh",
        "zh-CN",
        "ZH-hans-CN",
        "zh-CN,zh;q=0.9,en;q=0.8",
        "de, zh;q=0.2",
        "zh, en",
        "zh-CN, *",
        "en;q=0, *",
        "en;q=0.1, *;q=0.5",
        "zh ; q=1.000 , en ; Q=0.999",
    ],
)
def test_chinese_is_preferred(header: str) -> None:
    assert preferred(header) == "zh"


@pytest.mark.parametrize(
    "header",
    [
        None,
        "",
        "en",
        "en-GB,en;q=0.9,zh;q=0.8",
        "en, zh",
        "zh;q=0.4, en;q=0.401",
        "fr, de",
        "*",
        "zh;q=0",
        "zh;q=0, *",
        "en;q=0",
        "zhx",
    ],
)
def test_english_is_preferred_or_the_default(header: str | None) -> None:
    assert preferred(header) == "en"


@pytest.mark.parametrize("part", ["zh;q=2", "zh;q=0.1234", "zh;q=", "zh;x=1", "z_h", "zh zh", "中文", ";"])
def test_a_malformed_range_is_ignored(part: str) -> None:
    assert preferred(part) == "en"
    assert preferred(f"{part}, zh;q=0.1") == "zh"
