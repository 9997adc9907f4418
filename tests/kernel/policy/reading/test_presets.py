"""Reading the presets that come with the program."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import msgspec
import pytest

from chalicelib.policy import presets, publishing
from tests.helpers.fakes.prepared_presets import prepared


@pytest.mark.parametrize("name", presets.names())
def test_a_presets_document_says_what_its_text_says(name: str) -> None:
    assert publishing.prepare(presets.document(name)).body == prepared(name).body


def test_who_asks_for_a_document_may_change_it() -> None:
    name = presets.names()[0]
    presets.document(name).clear()

    assert publishing.prepare(presets.document(name)).body == prepared(name).body


@pytest.mark.parametrize("name", presets.names())
def test_each_label_is_written_in_both_languages(name: str) -> None:
    labels = dict(_labels(msgspec.json.decode(prepared(name).body)))

    assert len(labels) > 40
    assert {path: label for path, label in labels.items() if not _is_in_both(*label)} == {}


def _labels(value: Any, path: str = "") -> Iterator[tuple[str, tuple[str, str]]]:
    if isinstance(value, dict) and {"zh", "en"} & set(value):
        yield path, (value.get("zh", ""), value.get("en", ""))
    if isinstance(value, dict | list):
        for key, item in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _labels(item, f"{path}/{key}")


def _is_in_both(zh: str, en: str) -> bool:
    """The full form copies a text without a language, and an English one, to `zh`. Its script shows the language."""
    return bool(_HAN.search(zh)) and bool(en) and not _HAN.search(en)


_HAN = re.compile(r"[\u4e00-\u9fff]")
