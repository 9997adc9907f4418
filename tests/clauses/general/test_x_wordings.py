"""Texts of presets: none takes the place of the service's own text about something else."""

from __future__ import annotations

import pytest

from chalicelib.policy import presets
from chalicelib.policy.language.model import PolicyDocument
from chalicelib.policy.language.vocabulary import EVENT_OF_ACT, FILING
from chalicelib.policy.language.wording.default_wording import default_wording
from chalicelib.policy.reading import parsing
from tests.clauses.offices.marketplace import accepted
from tests.clauses.organisation import Organisation


def told(document: PolicyDocument) -> set[tuple[str, str]]:
    """Each event of which a text of the policy tells, with the name of the text."""
    acts = [item for stage in document.stages.values() for item in stage.acts.items()]
    rules = [(FILING, document.intake.tells), *((EVENT_OF_ACT[name], act.tells) for name, act in acts)]
    return {(event, rule.wording) for event, told_by in rules for rule in told_by if rule.wording is not None}


@pytest.mark.parametrize("preset", presets.names())
def test_x_no_text_about_one_event_has_the_name_of_the_services_text_about_another(preset: str) -> None:
    document = parsing.parse(presets.document(preset))

    taken = {name for event, name in told(document) if name in default_wording() and name != event}

    assert taken == set()


def test_x_a_complainant_for_whom_staff_sent_a_reminder_reads_that(marketplace: Organisation) -> None:
    number = accepted(marketplace)
    marketplace.world.move_to("2026-12-02T18:00:00+08:00")
    path = f"{marketplace.path}/complaints/{number}/acts/remind"
    body = {"fields": {}, "on_behalf_of": "complainant"}

    answer = marketplace.world.call("POST", path, body, auth=marketplace.auth("screener"))

    assert answer.status == 200, answer.text
    assert marketplace.told("complainant", number)[0].startswith(f"您的投诉 {number}：我们已代您登记“催办”。")
