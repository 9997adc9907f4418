"""The subject and text of the mail that invites a person."""

from __future__ import annotations

from typing import NamedTuple

from chalicelib.kit.mail import Mail, Own
from chalicelib.kit.web_addresses.search import is_lure
from chalicelib.ports import Invitation


class _Wording(NamedTuple):
    subject: str
    to_strangers: str
    """The subject for a person who has never signed in. Anybody can sign up under any name, so it has no name."""
    greeting: str
    lines: tuple[str, str, str, str]
    """What stands before the organisation, the address, the user and the password."""
    first: str
    pending: str


_ZH = _Wording(
    "{organisation} 邀请您加入投诉处理系统",
    "邀请您加入投诉处理系统",
    "{organisation} 邀请您共同处理投诉。",
    ("机构：", "网址：", "用户名：", "密码："),
    "首次登录后请设置您自己的密码。",
    "请使用之前邀请邮件中的密码登录。",
)
_EN = _Wording(
    "{organisation} invites you to its complaint handling",
    "Invitation to a complaint handling system",
    "{organisation} invites you to handle complaints with them.",
    ("Organisation: ", "Address: ", "User: ", "Password: "),
    "Choose a password of your own when you first sign in.",
    "Sign in with the password of your earlier invitation.",
)


def invitation_mail(language: str, invited: Invitation, *, organisation: str, address: str, email: str) -> Mail:
    """The mail in `zh` or `en`.

    Programs parse the lines with the organisation, the address, the user and, for a new account, the password.
    """
    wording = _ZH if language == "zh" else _EN
    before_organisation, before_address, before_user, before_password = wording.lines
    has_signed_in = invited.password is None and not invited.pending
    subject = wording.subject.format(organisation=organisation) if has_signed_in else wording.to_strangers
    secret: list[str | Own] = []
    if invited.password:
        secret = [f"\n{before_password}", Own(invited.password), f"\n\n{wording.first}"]
    pending = f"\n\n{wording.pending}" if invited.pending else ""
    greeting = wording.greeting.format(organisation=organisation)
    start = f"{greeting}\n\n{before_organisation}{organisation}\n{before_address}"
    user = email if is_lure(email) else Own(email)
    return Mail(language, subject, [start, Own(address), f"\n{before_user}", user, *secret, f"{pending}\n"])
