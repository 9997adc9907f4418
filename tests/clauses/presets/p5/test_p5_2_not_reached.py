"""P5.2: the time for evidence is named only while it runs: for a consumer without an address it does not begin yet."""

from __future__ import annotations

from tests.clauses.organisation import Organisation


def test_p5_2_a_consumer_who_was_not_reached_reads_no_time(regulator: Organisation) -> None:
    number = regulator.file(auth=regulator.auth("complaint_centre"), facts={"complainant.email": None})

    assert any("已登记。请您提供至少一份证据材料，" in text for text in regulator.told("complainant", number))
    english = regulator.told("complainant", number, "en")
    assert any("hand in at least one piece of evidence, for example" in text for text in english)
