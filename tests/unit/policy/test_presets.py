"""Reading the presets that come with the program."""

from __future__ import annotations

import pytest

from chalicelib.policy import presets, publishing


@pytest.mark.parametrize("name", presets.names())
def test_a_presets_document_says_what_its_text_says(name: str) -> None:
    assert publishing.prepare(presets.document(name)).body == publishing.prepare(presets.text(name)).body


def test_who_asks_for_a_document_may_change_it() -> None:
    name = presets.names()[0]
    presets.document(name).clear()

    assert publishing.prepare(presets.document(name)).body == publishing.prepare(presets.text(name)).body
