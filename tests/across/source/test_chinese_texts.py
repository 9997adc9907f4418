"""The Chinese texts of the product: full-width punctuation, and one term for each concept."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from typing import Any

import pytest

from chalicelib.kit import catalogue
from chalicelib.policy import presets
from infra.checks import trees

ROOT = trees.ROOT
HAN = "\u4e00-\u9fff，。；：（）“”、《》"
CODE = re.compile(r"`[^`]*`|\{\w*\}")
HALF_WIDTH = re.compile(rf"[{HAN}][,;:!?()]|[,;:!?()][{HAN}]")
ONE_TERM = {
    "台账": "台帐",
    "所有者": "机构管理员",
    "阅读记录": "查阅日志",
    "法律保留": "法律保全",
    "私密": "非公开内容",
    "被投诉人": "被投诉方",
    "查询凭证": "回执",
}
"""The words that the texts use for the same concept only by mistake, and the term of the glossary."""


PATTERNS = (ROOT / "chalicelib/particulars", ROOT / "chalicelib/features/supervision/people")
"""Their Chinese is in regular expressions, which have ASCII signs."""


def _in_code() -> Iterator[tuple[str, str]]:
    for path in trees.files("chalicelib"):
        if any(one in (path, *path.parents) for one in PATTERNS):
            continue
        docstrings = {node.value for node in trees.nodes(path) if isinstance(node, ast.Expr)}
        for node in trees.nodes(path):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in docstrings:
                yield f"{path.relative_to(ROOT)}:{node.lineno}", node.value


def _in(value: Any, place: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield place, value
    elif isinstance(value, dict | list):
        for key, item in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _in(item, f"{place}/{key}")


@pytest.fixture(scope="module")
def texts() -> dict[str, str]:
    found = [*_in_code(), *_in(catalogue.sections(), "catalogue")]
    for name in presets.names():
        found += _in(presets.document(name), name)
    return {place: CODE.sub("", text) for place, text in found if re.search("[\u4e00-\u9fff]", text)}


@pytest.mark.slow
def test_the_texts_of_code_catalogue_and_presets_are_found(texts: dict[str, str]) -> None:
    assert len(texts) > 1_500


WORD = re.compile("[\u4e00-\u9fff]{2}")


def test_features_have_their_words_in_the_catalogue() -> None:
    """So that writers correct a text without Python. Signs between names, and the parts of a date, stay."""
    assert [place for place, text in _in_code() if place.startswith("chalicelib/features/") and WORD.search(text)] == []


def test_punctuation_beside_chinese_is_full_width(texts: dict[str, str]) -> None:
    assert {place: text for place, text in texts.items() if HALF_WIDTH.search(text)} == {}


@pytest.mark.parametrize(("word", "term"), ONE_TERM.items())
def test_each_concept_has_one_term(texts: dict[str, str], word: str, term: str) -> None:
    assert [place for place, text in texts.items() if word in text] == []
    assert term in (ROOT / "docs/glossary.md").read_text("utf-8")
