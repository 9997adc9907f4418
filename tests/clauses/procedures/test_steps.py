"""The step of each example procedure that its rules are known for, over HTTP."""

from __future__ import annotations

from tests.clauses.offices.marketplace import unit
from tests.clauses.organisation import Organisation, hire, sign_up_with
from tests.clauses.procedures.documents import text
from tests.clauses.world import InProcess

OUTCOME = {"outcome": "not_upheld", "text": "We do not agree, for these reasons."}


def office(name: str, start: str) -> Organisation:
    return sign_up_with(InProcess(start), text(name))


# ---- requests of data subjects --------------------------------------------------------------------------------------


def test_two_further_months_are_told_to_the_data_subject_with_their_end() -> None:
    company = office("eu-data-subject-requests", "2026-03-05T10:00:00+01:00")
    number = company.file()

    company.act(number, "clerk", "extend", reason="The data is in many systems.")

    assert company.deadline(number, "answer")["due"] == "2026-06-05T22:00:00.000Z"
    assert "Fri 5 Jun 2026 24:00" in company.told("complainant", number, "en")[0]


def test_a_request_is_not_extended_twice() -> None:
    company = office("eu-data-subject-requests", "2026-03-05T10:00:00+01:00")
    number = company.file()
    company.act(number, "clerk", "extend", reason="The data is in many systems.")

    again = company.try_act(number, "clerk", "extend", reason="It takes even longer.")

    assert (again.status, again.problem) == (409, "act-not-open")


def test_a_request_is_declined_only_with_the_approval_of_the_data_protection_officer() -> None:
    company = office("eu-data-subject-requests", "2026-03-05T10:00:00+01:00")
    number = company.file()

    company.act(number, "clerk", "decide", action="declined", text="We hold no data about you.")
    assert company.complaint(number)["stage"] == "received"
    company.act(number, "officer", "approve")

    assert company.complaint(number)["stage"] == "answered"


# ---- housing --------------------------------------------------------------------------------------------------------


def test_the_person_who_considered_stage_1_is_not_given_stage_2() -> None:
    landlord = office("uk-housing", "2026-04-20T10:00:00+01:00")
    hire(landlord, "manager", name="both", also=["reviewer"])
    number = landlord.file()
    landlord.act(number, "adviser", "accept", definition="The boiler.", handler=[landlord.subs["both"]])
    landlord.act(number, "both", "decide", **OUTCOME)
    landlord.act(number, "complainant", "dispute")
    definition = {"definition": "The boiler, again."}

    refused = landlord.try_act(
        number, "complaints_officer", "confirm", second_handler=[landlord.subs["both"]], **definition
    )
    landlord.act(number, "complaints_officer", "confirm", second_handler=[landlord.subs["reviewer"]], **definition)

    assert refused.status == 422
    assert [error["pointer"] for error in refused.json["errors"]] == ["/fields/second_handler"]


def test_a_resident_who_stays_silent_after_stage_1_can_still_ask_for_stage_2() -> None:
    landlord = office("uk-housing", "2026-04-20T10:00:00+01:00")
    number = landlord.file()
    landlord.act(number, "adviser", "accept", definition="The boiler.", handler=[landlord.subs["manager"]])
    landlord.act(number, "manager", "decide", **OUTCOME)
    early = landlord.try_act(number, "complaints_officer", "close", summary="No request.")
    landlord.world.move_to("2026-07-22T10:00:00+01:00")

    landlord.act(number, "complaints_officer", "close", summary="No request.")
    landlord.act(number, "complaints_officer", "reopen")

    assert early.status == 409
    assert landlord.complaint(number)["stage"] == "requested"


# ---- 12345 ----------------------------------------------------------------------------------------------------------


def round_of(hotline: Organisation, number: str, who: str) -> None:
    """From dispatch to a rating of dissatisfied."""
    hotline.act(number, who, "forward", department="市政", handler=[hotline.subs["handler"]])
    hotline.act(number, "handler", "sign")
    hotline.act(number, "handler", "decide", answer="已列入计划。", solved="planned")
    hotline.act(number, "head", "approve")
    hotline.act(number, "visitor", "rate", satisfied="dissatisfied")


def test_a_second_dissatisfaction_goes_to_the_leader() -> None:
    hotline = office("cn-12345-hotline", "2026-11-02T09:00:00+08:00")
    number = hotline.file()

    round_of(hotline, number, "dispatcher")
    first = hotline.complaint(number)["stage"]
    round_of(hotline, number, "supervisor")

    assert (first, hotline.complaint(number)["stage"]) == ("again", "leadership")


def test_a_department_gives_back_what_is_not_its_matter() -> None:
    hotline = office("cn-12345-hotline", "2026-11-02T09:00:00+08:00")
    number = hotline.file()
    hotline.act(number, "dispatcher", "forward", department="市政", handler=[hotline.subs["handler"]])

    hotline.act(number, "handler", "object", reason="属于供电公司。")

    assert hotline.complaint(number)["stage"] == "registered"


# ---- company portal -------------------------------------------------------------------------------------------------


def test_a_complaint_in_progress_has_an_announced_date_and_keeps_its_sixty_days() -> None:
    company = office("us-cfpb", "2026-11-20T16:00:00-05:00")
    number = company.file()

    company.act(number, "analyst", "promise", response="We are asking the merchant.", final_by="2027-01-15")

    states = {clock: company.deadline(number, clock)["state"] for clock in ("response", "final", "announced")}
    assert states == {"response": "met", "final": "running", "announced": "running"}


def test_monetary_relief_needs_its_amount() -> None:
    company = office("us-cfpb", "2026-11-20T16:00:00-05:00")
    number = company.file()

    refused = company.try_act(number, "analyst", "decide", response="We pay the fee back.", status="monetary")

    assert [error["pointer"] for error in refused.json["errors"]] == ["/fields/relief"]


# ---- petitions ------------------------------------------------------------------------------------------------------


def test_a_department_takes_longer_once_and_once_more_with_the_petitioners_consent() -> None:
    city = office("kr-civil-petitions", "2026-11-23T10:00:00+09:00")
    number = city.file()
    city.act(number, "desk", "forward", department="roads")
    city.act(number, "officer", "extend", reason="The contractor was asked.")
    alone = city.try_act(number, "officer", "extend", reason="It is still not clear.")
    unasked = city.try_act(number, "complainant", "agree")

    city.act(number, "officer", "reply", reason="It is still not clear.")
    city.act(number, "complainant", "agree")

    assert (alone.problem, unasked.problem) == ("act-not-open", "act-not-open")
    assert city.deadline(number, "answer_in_days")["due"] == "2026-12-21T09:00:00.000Z"


def test_only_the_rejection_of_a_permit_can_be_objected_to() -> None:
    city = office("kr-civil-petitions", "2026-11-23T10:00:00+09:00")
    rejected = {"outcome": "rejected", "answer": "The distance to the school is too small."}
    permit, grievance = city.file(category={"kind": "permit"}), city.file()
    city.act(permit, "desk", "decide", **rejected)
    city.act(grievance, "desk", "decide", **rejected)

    refused = city.try_act(grievance, "complainant", "object", reason="Look again.")
    city.act(permit, "complainant", "object", reason="Look again.")

    assert refused.problem == "act-not-open"
    assert city.complaint(permit)["stage"] == "objection"


# ---- disputes with insurers -----------------------------------------------------------------------------------------


def insurer(body: Organisation, name: str) -> None:
    unit(body, name)
    hire(body, "respondent", name=name, unit=name)


def test_the_insurer_of_the_dispute_states_its_case_and_never_sees_who_complains() -> None:
    body = office("de-insurance-ombudsman", "2026-11-12T10:00:00+01:00")
    insurer(body, "insurer")
    insurer(body, "rival")
    number = body.file(unit="insurer")
    body.act(number, "lawyer", "accept")

    refused = body.try_act(number, "rival", "reply", statement="Not ours.")
    seen = body.complaint(number, "insurer")
    body.act(number, "insurer", "reply", statement="The driver was not insured.")

    assert refused.status in (403, 404)
    assert "contract" in seen["facts"]
    assert "complainant.name" not in seen["facts"]
    assert body.complaint(number)["stage"] == "comment"


def test_the_office_records_the_statement_of_an_insurer_without_an_account() -> None:
    body = office("de-insurance-ombudsman", "2026-11-12T10:00:00+01:00")
    number = body.file()
    body.act(number, "lawyer", "accept")

    body.act(number, "office", "reply", statement="The driver was not insured.")

    assert body.complaint(number)["stage"] == "comment"


def test_a_settlement_needs_both_parties() -> None:
    body = office("de-insurance-ombudsman", "2026-11-12T10:00:00+01:00")
    insurer(body, "insurer")
    number = body.file(unit="insurer")
    body.act(number, "lawyer", "accept")
    body.act(number, "lawyer", "forward")
    body.act(number, "lawyer", "mediate", settlement="Half of the repair.")

    body.act(number, "complainant", "agree")
    alone = body.complaint(number)["stage"]
    body.act(number, "insurer", "agree")

    assert (alone, body.complaint(number)["stage"]) == ("examination", "closed")


def test_the_insurer_gets_one_month_more_at_most() -> None:
    body = office("de-insurance-ombudsman", "2026-12-30T11:00:00+01:00")
    number = body.file()
    body.act(number, "lawyer", "accept")
    longer = {"clock": "statement", "reason": "The expert is ill."}

    refused = body.try_act(number, "lawyer", "extend", until="2027-03-02T00:00:01+01:00", **longer)
    body.act(number, "lawyer", "extend", until="2027-03-02T00:00:00+01:00", **longer)

    assert [error["pointer"] for error in refused.json["errors"]] == ["/fields/until"]
    assert body.deadline(number, "statement")["due"] == "2027-03-01T23:00:00.000Z"


# ---- two calendars --------------------------------------------------------------------------------------------------


def test_the_explanation_of_a_due_time_names_its_calendar() -> None:
    bank = office("de-bank-two-calendars", "2026-12-23T17:00:00+01:00")
    debit = {"debited_on": "2026-12-22"}

    number = bank.file(category={"matter": "unauthorised"}, facts=debit)

    named = {
        clock: bank.deadline(number, clock)["because"]["rule"]["calendar"] for clock in ("first_contact", "refund")
    }
    assert named == {"first_contact": "calendar", "refund": "payments"}


def test_a_suspicion_of_fraud_holds_back_the_refund_once_it_is_approved() -> None:
    bank = office("de-bank-two-calendars", "2026-09-07T10:00:00+02:00")
    number = bank.file(category={"matter": "unauthorised"}, facts={"debited_on": "2026-09-04"})

    bank.act(number, "payments_desk", "object", suspicion="Two devices.", authority="The supervisor of banks.")
    bank.act(number, "complaints_manager", "approve")

    refused = bank.try_act(number, "payments_desk", "execute", refund=12)
    assert (refused.status, refused.problem) == (409, "act-not-open")
    assert bank.deadline(number, "refund")["state"] == "met"
