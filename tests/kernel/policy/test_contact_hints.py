"""Hints about how the organisation is reached: it is said, and it is not the example of the preset."""

from __future__ import annotations

from typing import Any

import pytest

from chalicelib.policy import presets, publishing
from tests.kernel.policy.faulty_policies.faulty import GONE, faulty

HOURS = {"en": "Mon-Fri, 9 to 17"}


def hints(document: dict[str, Any]) -> list[tuple[str, str]]:
    found = publishing.prepare(document).hints
    return [(hint.pointer, hint.kind) for hint in found if hint.kind.startswith("contact-")]


def test_a_policy_without_contact_has_a_hint() -> None:
    assert [kind for _, kind in hints(faulty("contact", GONE))] == ["contact-missing"]


@pytest.mark.parametrize("contact", [{"hours": HOURS}, {"address": HOURS}, {"outside": {"en": "Ombudsman"}}])
def test_a_contact_without_telephone_and_mail_has_a_hint(contact: dict[str, Any]) -> None:
    assert hints(faulty("contact", contact)) == [("/contact", "contact-missing")]


@pytest.mark.parametrize("contact", [{"phone": "020 7946 0000"}, {"email": "help@shop.example", "hours": HOURS}])
def test_a_telephone_or_a_mail_address_is_enough(contact: dict[str, Any]) -> None:
    assert hints(faulty("contact", contact)) == []


def test_each_line_that_is_still_an_example_has_a_hint() -> None:
    said = {"zh": "每日（示例，待替换）", "en": "daily (example, to be replaced)"}
    contact = {"phone": "000-00000000（示例 example）", "address": said, "hours": said}

    places = [("/contact/phone", "contact-is-example"), ("/contact/address", "contact-is-example")]
    assert hints(faulty("contact", contact)) == [*places, ("/contact/hours", "contact-is-example")]


@pytest.mark.parametrize("name", presets.names())
def test_an_organisation_on_a_preset_is_told_what_to_replace(name: str) -> None:
    found = hints(presets.document(name))

    assert {("/contact/address", "contact-is-example"), ("/contact/hours", "contact-is-example")} <= {*found}
    assert {kind for _, kind in found} == {"contact-is-example"}
