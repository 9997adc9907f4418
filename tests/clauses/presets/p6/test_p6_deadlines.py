"""P6.4 and P6.5 `corporate-standard`: what is warned about, what is only recorded, and the words of the source."""

from __future__ import annotations

from tests.clauses.organisation import Organisation
from tests.nonempty import nonempty


def test_p6_5_the_resolution_is_warned_about_an_hour_before(company: Organisation) -> None:
    number = company.file()

    company.world.move_to("2026-11-28T08:00:00+08:00")

    [warned] = company.events(number, type_="warned")
    assert (warned["fields"]["clock"], company.local(warned["at"])) == ("resolution", "2026-11-28T08:00:00+08:00")


def test_p6_5_a_missed_resolution_is_escalated(company: Organisation) -> None:
    number = company.file()

    company.world.move_to("2026-11-28T09:00:00+08:00")

    assert [one["fields"]["roles"] for one in company.events(number, type_="escalated")] == [["team_lead"]]


def test_p6_4_a_missed_reply_time_is_recorded_and_not_escalated(company: Organisation) -> None:
    number = company.file(facts={"reply_wanted_at": "2026-11-27T20:00:00+08:00"})

    company.world.move_to("2026-11-27T20:00:00+08:00")

    assert [one["fields"]["clock"] for one in company.events(number, type_="missed")] == ["wanted_reply"]
    assert company.events(number, type_="escalated") == []


def test_p6_2_the_labels_use_the_words_of_the_source(company: Organisation) -> None:
    policy = company.get("/policy", "owner")["policy"]

    assert policy["people"]["agent"]["zh"] == "普通坐席"
    major = policy["severity"]["signs"]["major"]
    assert major["serious_effect"]["zh"] == "可能或已经对客户感知造成重大负面影响或重大经济损失"
    assert all(label["zh"].startswith("可能或已经") for label in nonempty(major.values()))
