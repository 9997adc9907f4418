"""A preset may change its content, and the answer that shows it keeps its members."""

from __future__ import annotations

from tests.compatibility.recorded_presets import as_recorded

OLD = {"preset": "platform", "policy": {"name": "平台"}, "source": ["name: 平台"], "roles": ["screener"]}


def test_a_preset_with_other_content_counts_as_the_old_one() -> None:
    new = {**OLD, "policy": {"name": "平台", "stages": {}}, "source": ["name: 平台", "stages: {}"], "roles": ["agent"]}

    assert as_recorded(OLD, new) == OLD


def test_an_answer_without_a_member_differs() -> None:
    assert as_recorded(OLD, {"preset": "platform", "policy": {}, "source": []}) != OLD


def test_another_member_differs() -> None:
    assert as_recorded(OLD, {**OLD, "preset": "other"}) != OLD
