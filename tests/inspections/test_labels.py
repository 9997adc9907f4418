"""The names of the values of tables, in both languages."""

from __future__ import annotations

import pytest

from chalicelib.policy import presets, publishing
from chalicelib.statistics.dimensions import Labels
from chalicelib.tenants.organisation import Organisation, Unit

ORGANISATION = Organisation(
    id="acme", name="Acme", plan="small", language="zh", created=0, founder="x", units={"hall": Unit("大厅")}
)


@pytest.fixture(scope="module")
def labels() -> Labels:
    return Labels(publishing.prepare(presets.text("corporate-standard")).document, ORGANISATION)


@pytest.mark.parametrize(
    ("dimension", "value", "zh", "en"),
    [
        ("answer", "truthful=yes", "是否属实：是", "Whether it is true: yes"),
        ("answer", "truthful=no", "是否属实：否", "Whether it is true: no"),
        ("answer", "outcome=resolved", "结论：已解决", "Outcome: Resolved"),
        ("answer", "gone=yes", "gone=yes", "gone=yes"),
        ("unit", "hall", "大厅", "大厅"),
        ("unit", "gone", "gone", "gone"),
        ("unit", "", "", ""),
        ("clause", "P6.5", "P6.5", "P6.5"),
        ("channel", "letter", "书面", "Letter"),
    ],
)
def test_a_value_has_its_name(labels: Labels, dimension: str, value: str, zh: str, en: str) -> None:
    assert labels.of(dimension, value) == {"zh": zh, "en": en}
