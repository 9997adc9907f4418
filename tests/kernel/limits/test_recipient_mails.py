"""The service sends few mails to one address, and no text of a stranger in the subject."""

from __future__ import annotations

from typing import Any

import pytest

from chalicelib.kit.instants import DAY, SECOND
from chalicelib.limits.budgets import INVITATIONS, KIND, NOTICES
from tests.clauses.organisation import Organisation
from tests.helpers.fakes.client import Answer
from tests.helpers.nonempty import nonempty
from tests.kernel.web.untouched import in_process

VICTIM = "victim@elsewhere.example"


def mails(company: Organisation, to: str = VICTIM) -> list[Any]:
    return [mail for mail in in_process(company).fakes.mailer.outbox if mail.to == to]


def found(company: Organisation, n: int, email: str = VICTIM, **more: Any) -> Answer:
    body = {"id": f"mailer-{n}", "name": "示例机构", "email": email, "preset": "corporate-standard", **more}
    return company.world.call("POST", "/v1/tenants", body)


def invite(company: Organisation, email: str = VICTIM, **more: Any) -> Answer:
    body = {"email": email, "name": "Lin", "grants": [{"role": "agent"}], **more}
    return company.world.call("POST", f"{company.path}/people", body, auth=company.auth("owner"))


def remove(company: Organisation, sub: str) -> None:
    path = f"{company.path}/people/{sub}"
    assert company.world.call("DELETE", path, auth=company.auth("owner")).status == 204


def test_many_sign_ups_send_few_mails_to_one_address(company: Organisation) -> None:
    answers = [found(company, n) for n in range(INVITATIONS + 3)]

    assert [answer.status for answer in answers] == [201] * INVITATIONS + [429] * 3
    refused = answers[-1]
    assert (refused.json["limit"], refused.json["most"]) == ("invitations_to_an_address", INVITATIONS)
    assert len(mails(company)) == INVITATIONS


def test_another_spelling_is_the_same_address(company: Organisation) -> None:
    for n in range(INVITATIONS):
        assert found(company, n).status == 201
    assert found(company, INVITATIONS, VICTIM.upper()).status == 429


def test_the_next_day_starts_a_new_count(company: Organisation) -> None:
    for n in range(INVITATIONS):
        found(company, n)
    in_process(company).fakes.real_clock.advance(DAY)
    assert found(company, INVITATIONS).status == 201


def test_inviting_and_removing_sends_few_mails(company: Organisation) -> None:
    statuses = []
    for _ in range(INVITATIONS + 2):
        in_process(company).fakes.real_clock.advance(31 * SECOND)
        answer = invite(company)
        statuses.append(answer.status)
        if answer.status == 201:
            remove(company, answer.json["sub"])
    assert 429 in statuses
    assert len(mails(company)) == INVITATIONS


def test_filings_in_the_name_of_others_send_few_mails(company: Organisation) -> None:
    example = company.example()
    facts = {**example["facts"], "complainant.email": VICTIM}
    for _ in range(NOTICES + 2):
        answer = company.world.call("POST", f"{company.path}/complaints", {**example, "facts": facts})
        assert answer.status == 201, answer.text
        company.world.settle()
    assert len(mails(company)) == NOTICES


def test_the_counter_expires_and_has_no_address(company: Organisation) -> None:
    found(company, 1)
    counters = [entry for entry in in_process(company).fakes.store.everything() if entry.kind == KIND]
    now = in_process(company).fakes.real_clock()
    assert all(entry.expires is not None and entry.expires * SECOND <= now + 2 * DAY for entry in nonempty(counters))
    assert "victim" not in str(counters)


# ---- pending passwords --------------------------------------------------------------------------------------------


def password(company: Organisation) -> str:
    return next(line for line in (mail.line("Password") for mail in reversed(mails(company))) if line)


def test_a_sign_up_with_an_address_that_is_invited_elsewhere_keeps_the_password(company: Organisation) -> None:
    assert invite(company).status == 201
    first = password(company)

    assert found(company, 1).status == 201

    assert mails(company)[-1].line("Password") is None
    assert company.world.token(VICTIM, first)


def test_an_invitation_of_another_organisation_keeps_it_too(company: Organisation) -> None:
    assert found(company, 1).status == 201
    first = password(company)
    for _ in range(2):
        assert invite(company).status == 201
        in_process(company).fakes.real_clock.advance(31 * SECOND)
    assert company.world.token(VICTIM, first)


def test_a_password_that_has_expired_is_replaced(company: Organisation) -> None:
    assert found(company, 1).status == 201
    first = password(company)
    in_process(company).fakes.real_clock.advance(8 * DAY)
    company.tokens["owner"] = in_process(company).fakes.identity.token_of(company.emails["owner"])
    assert invite(company).status == 201
    assert password(company) != first


# ---- names --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_subject_has_the_name_only_for_people_who_have_signed_in(company: Organisation, language: str) -> None:
    found(company, 1, name="Your account is locked", language=language)
    assert "locked" not in mails(company)[-1].subject
    company.world.token(VICTIM, password(company))
    found(company, 2, name="Shop", language=language)
    assert "Shop" in mails(company)[-1].subject
