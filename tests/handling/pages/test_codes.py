"""Pages show states, kinds and events that have no text yet by their codes: codes are better than no answer."""

from __future__ import annotations

import pytest

from chalicelib.web.pages.reader import Reader


@pytest.mark.parametrize(
    ("group", "code", "text"),
    [
        ("file_state.", "sealed", "已检查并封存"),
        ("file_state.", "thawing", "thawing"),
        ("register.", "warning", "warning"),
        ("report.state_", "paused", "paused"),
        ("report.event_", "paused", "paused"),
    ],
)
def test_a_code_has_a_text(group: str, code: str, text: str) -> None:
    assert Reader("zh", chosen=True).of_code(group, code) == text
