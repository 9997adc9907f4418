"""P3.9 `auto-repair-forms`: the monthly contact with the customer of a pending matter."""

from __future__ import annotations

from tests.clauses.offices.workshop import parked
from tests.clauses.organisation import Organisation
from tests.clauses.world import skip_to

CONTACT = "投诉 {} 有待办事项：未了事宜的客户沟通（提醒及时回厂处理），请于2026年12月4日24时前（北京时间）完成。"


def tasks(workshop: Organisation, number: str) -> list[str]:
    return [task["task"] for task in workshop.complaint(number, "customer_manager")["tasks"]]


def owed(workshop: Organisation) -> list[str]:
    """The due times in the manager's work list."""
    return [workshop.local(task["due"]) for task in workshop.get("/tasks", "customer_manager")["tasks"]]


def test_p3_9_each_month_the_customer_of_a_pending_matter_is_contacted_by_the_4th(workshop: Organisation) -> None:
    number = parked(workshop)
    workshop.world.move_to("2026-11-30T23:00:00+08:00")
    assert tasks(workshop, number) == []

    workshop.world.move_to("2026-12-01T09:00:00+08:00")

    assert tasks(workshop, number) == ["pending_contact"]
    assert workshop.local(workshop.deadline(number, "pending_contact")["due"]) == "2026-12-05T00:00:00+08:00"
    assert workshop.told("customer_manager", number)[:1] == [CONTACT.format(number)]


def test_p3_9_holidays_do_not_move_the_contact(workshop: Organisation) -> None:
    number = parked(workshop)
    workshop.world.move_to("2026-12-02T09:00:00+08:00")
    workshop.act(number, "customer_manager", "do_task", task="pending_contact", contact="已请其来店。")

    workshop.world.move_to("2027-01-02T09:00:00+08:00")

    assert workshop.local(workshop.deadline(number, "pending_contact")["due"]) == "2027-01-05T00:00:00+08:00"


def test_p3_9_there_is_one_task_per_matter_and_month(workshop: Organisation) -> None:
    number = parked(workshop)
    workshop.world.move_to("2026-12-02T09:00:00+08:00")
    workshop.act(number, "customer_manager", "do_task", task="pending_contact", contact="已请其来店。", changes="到货")

    workshop.world.move_to("2026-12-31T09:00:00+08:00")

    assert len(workshop.events(number, type_="task_opened")) == 1
    [event] = workshop.events(number, type_="task_done")
    assert event["fields"]["given"] == ["changes", "contact"]


def test_p3_9_a_late_contact_for_december_does_not_count_for_january(workshop: Organisation) -> None:
    number = parked(workshop)
    workshop.world.move_to("2027-01-02T09:00:00+08:00")
    decembers = workshop.events(number, "owner", type_="task_opened")[0]["id"]
    workshop.act(number, "customer_manager", "do_task", task=decembers, contact="补做十二月的联系。")
    [owed] = workshop.get("/tasks", "customer_manager")["tasks"]
    assert (workshop.local(owed["due"]), owed["state"]) == ("2027-01-05T00:00:00+08:00", "running")

    workshop.world.move_to("2027-01-20T09:00:00+08:00")

    missed = [event["id"] for event in workshop.events(number, "owner", type_="missed")]
    assert f"{number}/pending_contact/2/1" in missed


def test_p3_9_only_the_last_missed_contact_causes_alarms(workshop: Organisation) -> None:
    number = parked(workshop)
    skip_to(workshop.world, "2027-02-28T09:00:00+08:00")

    missed = [event["fields"] for event in workshop.events(number, "owner", type_="missed") if event["at"] > "2027-02"]

    assert {fields["run"] for fields in missed if fields["clock"] == "pending_contact"} == {3}
    assert owed(workshop) == ["2027-02-05T00:00:00+08:00"]


def test_p3_9_a_resumed_matter_causes_no_alarms_about_contacts(workshop: Organisation) -> None:
    number = parked(workshop)
    workshop.world.move_to("2026-12-02T09:00:00+08:00")
    workshop.act(number, "service_centre", "resume")

    workshop.world.move_to("2027-02-01T09:00:00+08:00")

    missed = [event["fields"]["clock"] for event in workshop.events(number, "owner", type_="missed")]
    assert "pending_contact" not in missed
    assert owed(workshop) == []


def test_p3_9_a_contact_that_is_owed_at_the_close_is_not_counted_as_made(workshop: Organisation) -> None:
    number = parked(workshop, "customer_absent")
    skip_to(workshop.world, "2027-05-02T09:00:00+08:00")
    skip_to(workshop.world, workshop.deadline(number, "silence")["due"])

    assert workshop.deadline(number, "pending_contact")["state"] != "met"
    assert owed(workshop) == []


def test_p3_9_the_contact_is_recorded(workshop: Organisation) -> None:
    number = parked(workshop)
    workshop.world.move_to("2026-12-02T09:00:00+08:00")

    answer = workshop.try_act(number, "customer_manager", "do_task", task="pending_contact")

    assert (answer.status, answer.pointer) == (422, "/fields/contact")


def test_p3_9_once_the_customer_came_the_matter_is_handled_again_without_contacts(workshop: Organisation) -> None:
    number = parked(workshop)
    workshop.act(number, "service_centre", "resume", changes="客户已到店。")

    workshop.world.move_to("2026-12-02T09:00:00+08:00")

    assert workshop.complaint(number)["stage"] == "handling"
    assert "pending_contact" not in tasks(workshop, number)


def test_p3_7_of_a_closed_matter_no_visit_is_owed(workshop: Organisation) -> None:
    number = parked(workshop, "customer_absent", severity="major")
    workshop.act(number, "general_manager", "approve")
    skip_to(workshop.world, "2027-03-02T09:00:00+08:00")
    assert "2026-12-02T18:00:00+08:00" in owed(workshop)

    skip_to(workshop.world, workshop.deadline(number, "silence")["due"])

    workshop.act(number, "service_centre", "archive")
    assert owed(workshop) == []
    before = len(workshop.events(number, type_="missed"))
    skip_to(workshop.world, "2027-04-02T09:00:00+08:00")
    assert len(workshop.events(number, type_="missed")) == before
