"""A preset may say more than it did, and never anything else."""

from __future__ import annotations

from typing import Any

import pytest

from tests.compatibility.recorded_presets import as_recorded, says_all

OLD = {
    "name": {"zh": "平台"},
    "choices": {"upheld": "投诉成立", "not_upheld": "投诉不成立"},
    "tiers": ["agent", "manager"],
}


@pytest.mark.parametrize(
    "more",
    [
        {"stages": {}},
        {"choices": {"upheld": {"zh": "投诉成立", "en": "Upheld"}, "not_upheld": "投诉不成立"}},
        {"choices": {"upheld": "投诉成立", "partly": "部分成立", "not_upheld": "投诉不成立"}},
        {"name": {"zh": "平台", "en": "Platform"}},
    ],
)
def test_a_policy_that_says_more_counts_as_the_old_one(more: dict[str, Any]) -> None:
    assert says_all({**OLD, **more}, OLD)


@pytest.mark.parametrize(
    "other",
    [
        {"name": {}},
        {"name": {"zh": "平台投诉"}},
        {"choices": {"upheld": {"zh": "成立", "en": "Upheld"}, "not_upheld": "投诉不成立"}},
        {"choices": {"upheld": {"zh": "投诉成立", "en": "Upheld", "when": {}}, "not_upheld": "投诉不成立"}},
        {"choices": {"not_upheld": "投诉不成立", "upheld": "投诉成立"}},
        {"tiers": ["agent", "manager", "director"]},
        {"tiers": ["manager", "agent"]},
    ],
)
def test_a_policy_that_says_anything_else_differs(other: dict[str, Any]) -> None:
    assert not says_all({**OLD, **other}, OLD)


def test_an_answer_whose_text_says_something_else_differs() -> None:
    old = {"policy": {"name": "平台"}, "source": ["name: 平台"]}

    assert as_recorded(old, {"policy": {"name": {"zh": "平台", "en": "Platform"}}, "source": ["name: 平台"]}) != old
