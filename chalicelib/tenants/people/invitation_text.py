"""The subject and text of the mail that invites a person."""

from __future__ import annotations

from typing import NamedTuple

from chalicelib.mail import Mail, Own
from chalicelib.ports import Invitation
from chalicelib.web_addresses.search import is_lure


class _Wording(NamedTuple):
    subject: str
    to_strangers: str
    """The subject for a person who has never signed in. Anybody can sign up under any name, so it has no name."""
    greeting: str
    first: str
    pending: str


_ZH = _Wording(
    "{organisation} 邀请您加入投诉处理系统",
    "邀请您加入投诉处理系统",
    "{organisation} 邀请您共同处理投诉。",
    "首次登录后请设置您自己的密码。",
    "请使用之前邀请邮件中的密码登录。",
)
_EN = _Wording(
    "{organisation} invites you to its complaint handling",
    "Invitation to a complaint handling system",
    "{organisation} invites you to handle complaints with them.",
    "Choose a password of your own when you first sign in.",
    "Sign in with the password of your earlier invitation.",
)


def invitation_mail(language: str, invited: Invitation, *, organisation: str, address: str, email: str) -> Mail:
    """The mail in `zh` or `en`.

    Programs parse the lines `Organisation: …`, `Address: …`, `User: …` and, with a password, `Password: …`.
    """
    wording = _ZH if language == "zh" else _EN
    has_signed_in = invited.password is None and not invited.pending
    subject = wording.subject.format(organisation=organisation) if has_signed_in else wording.to_strangers
    secret: list[str | Own] = []
    if invited.password:
        secret = ["\nPassword: ", Own(invited.password), f"\n\n{wording.first}"]
    pending = f"\n\n{wording.pending}" if invited.pending else ""
    start = f"{wording.greeting.format(organisation=organisation)}\n\nOrganisation: {organisation}\nAddress: "
    user = email if is_lure(email) else Own(email)
    return Mail(language, subject, [start, Own(address), "\nUser: ", user, *secret, f"{pending}\n"])
