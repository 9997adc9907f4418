"""The text catalogue: each text has both languages, with the same values, in one place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter
from typing import Any

import msgspec
import pytest
import yaml

from chalicelib.kit import catalogue
from chalicelib.kit.problem import InBoth
from chalicelib.policy.reading import yaml_text
from infra.checks import trees

FILES = catalogue.files()
NOT_IN_CHINESE = {"reason"}
"""English texts of libraries."""


def texts(part: Any, place: str) -> Iterator[tuple[str, dict[str, str]]]:
    """Those with both languages, by their place."""
    if isinstance(part, dict) and part.keys() == {"zh", "en"}:
        yield place, part
    elif isinstance(part, dict | list):
        for name, one in part.items() if isinstance(part, dict) else enumerate(part):
            yield from texts(one, f"{place}/{name}")


EMPTY = {"/explanation/space", "/inspection_places/within", "/inspection_page/of_period"}
"""Chinese has no spaces, only Chinese has a name for this zone, a usual figure gets no remark, and a title in Chinese
needs no dash before its period."""
NAMED = r"""\b(?:text|words|around|t)\(\s*["'](\w+\.[\w.]*[a-z])["']"""
ALL = dict(texts(catalogue.sections(), ""))


def placeholders(text: str) -> set[str]:
    """`expected_zh` is the value of `expected` for a reader of Chinese."""
    found = {name for _, name, _, _ in Formatter().parse(text) if name is not None}
    return {name.removesuffix("_zh") for name in found} - NOT_IN_CHINESE


@pytest.mark.parametrize("path", FILES, ids=[str(path.relative_to(catalogue.PACKAGE)) for path in FILES])
def test_a_file_is_strict_yaml(path: Path) -> None:
    """It says nothing twice, which the loader of the catalogue would not notice."""
    assert yaml_text.load(path.read_text("utf-8"))[0]


def test_no_text_is_empty() -> None:
    assert {place for place, text in ALL.items() if not all(text.values())} == EMPTY


@pytest.mark.parametrize("section", ["pages", "problems", "faults"])
def test_both_languages_show_the_same_values(section: str) -> None:
    found = {place: text for place, text in ALL.items() if place.startswith(f"/{section}/")}

    assert found
    assert {place for place, text in found.items() if placeholders(text["zh"]) != placeholders(text["en"])} == set()


def test_two_files_do_not_give_a_text_the_same_name(tmp_path: Path) -> None:
    for folder in ("filing", "handling"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "texts.yaml").write_text("pages:\n  case.title: {zh: 投诉, en: Complaint}\n", "utf-8")

    with pytest.raises(ValueError, match=r"handling/texts\.yaml: pages: another file has case\.title"):
        catalogue.sections(tmp_path)


def test_an_error_of_the_yaml_names_the_file(tmp_path: Path) -> None:
    (tmp_path / "texts.yaml").write_text("pages: {", "utf-8")

    with pytest.raises(yaml.YAMLError, match=r"texts\.yaml"):
        catalogue.sections(tmp_path)


def test_a_text_without_one_language_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "texts.yaml").write_text("pages:\n  case.title: {zh: 投诉}\n", "utf-8")

    with pytest.raises(msgspec.ValidationError, match="en"):
        msgspec.convert(catalogue.sections(tmp_path)["pages"], dict[str, InBoth])


def test_words_that_yaml_reads_as_values_stay_texts() -> None:
    assert catalogue.texts("pages")["common.yes"].en == "Yes"


def test_the_sections_are_those_that_the_code_asks_for() -> None:
    source = "".join(path.read_text("utf-8") for path in trees.files("chalicelib"))
    asked = {name for name in catalogue.sections() if f'"{name}"' in source}

    assert asked == catalogue.sections().keys()


def test_each_text_that_a_page_names_exists() -> None:
    """By a literal name: `reader.text("file.title")` in code, `t('file.title')` in templates."""
    sources = [*trees.files("chalicelib"), *catalogue.PACKAGE.rglob("templates/**/*.html")]
    named = set(re.findall(NAMED, "".join(path.read_text("utf-8") for path in sources)))

    assert len(named) > 200
    assert sorted(named - catalogue.texts("pages").keys()) == []
