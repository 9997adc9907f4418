"""The mail that invites a person is in one language."""

from __future__ import annotations

import re

import pytest

from chalicelib.ports import Invitation
from chalicelib.tenants.people.invitation_text import invitation_mail

OTHER_LETTERS = {"zh": "[A-Za-z]", "en": "[\u3000-\u9fff\uff00-\uffef]"}
VALUES = {"organisation": "2030", "address": "//127.0.0.1", "email": "1@127.0.0.1"}
"""Without letters of either language."""
INVITED = [
    pytest.param(Invitation(sub="1", password="0-0"), id="new account"),
    pytest.param(Invitation(sub="1", password=None, pending=True), id="invited before"),
    pytest.param(Invitation(sub="1", password=None), id="has signed in"),
]


@pytest.mark.parametrize("invited", INVITED)
@pytest.mark.parametrize("language", OTHER_LETTERS)
def test_an_invitation_is_in_one_language(language: str, invited: Invitation) -> None:
    mail = invitation_mail(language, invited, **VALUES)

    assert re.findall(OTHER_LETTERS[language], f"{mail.subject}\n{mail.text}") == []


@pytest.mark.parametrize(("language", "line"), [("zh", "密码：0-0"), ("en", "Password: 0-0")])
def test_an_invitation_of_a_new_account_has_the_password_on_a_line_of_its_own(language: str, line: str) -> None:
    mail = invitation_mail(language, Invitation(sub="1", password="0-0"), **VALUES)

    assert line in mail.text.splitlines()
