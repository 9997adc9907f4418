"""P1.7 `platform`: a complaint is classified as general or major."""

from __future__ import annotations

import pytest

from tests.clauses.offices.marketplace import accepted, asked_otherwise
from tests.clauses.organisation import Organisation, hire


def outside(marketplace: Organisation) -> str:
    return asked_otherwise(marketplace)


@pytest.mark.parametrize("severity", ["general", "major"])
def test_p1_7_the_screener_classifies_a_new_complaint(marketplace: Organisation, severity: str) -> None:
    number = marketplace.file(severity=None)

    marketplace.act(number, "screener", "classify", severity=severity)

    assert marketplace.complaint(number)["severity"] == severity


@pytest.mark.parametrize("who", ["screener", "handler"])
@pytest.mark.parametrize("investigated", [accepted, outside])
def test_p1_7_a_complaint_is_classified_during_the_investigation(
    marketplace: Organisation, investigated: object, who: str
) -> None:
    number = investigated(marketplace)  # type: ignore[operator]

    marketplace.act(number, who, "classify", severity="major")

    assert marketplace.complaint(number)["severity"] == "major"


def test_p1_7_there_is_no_other_class(marketplace: Organisation) -> None:
    answer = marketplace.try_act(marketplace.file(), "screener", "classify", severity="minor")

    assert (answer.status, answer.pointer) == (422, "/fields/severity")


def test_p1_7_a_classification_states_the_class(marketplace: Organisation) -> None:
    answer = marketplace.try_act(marketplace.file(), "screener", "classify")

    assert (answer.status, answer.pointer) == (422, "/fields/severity")


@pytest.mark.parametrize("who", ["handler", "archivist", "director", "complainant"])
def test_p1_7_nobody_else_classifies_a_new_complaint(marketplace: Organisation, who: str) -> None:
    assert marketplace.try_act(marketplace.file(), who, "classify", severity="major").status == 403


def test_p1_7_another_handler_does_not_classify(marketplace: Organisation) -> None:
    hire(marketplace, "handler", name="second")

    assert marketplace.try_act(accepted(marketplace), "second", "classify", severity="major").status == 403
