"""The subject and text of the mail that invites a person."""

from __future__ import annotations

from typing import NamedTuple


class InvitationMail(NamedTuple):
    subject: str
    text: str


_ZH = ("{organisation} 邀请您加入投诉处理系统", "{organisation} 邀请您共同处理投诉。", "首次登录后请设置您自己的密码。")
_EN = (
    "{organisation} invites you to its complaint handling",
    "{organisation} invites you to handle complaints with them.",
    "Choose a password of your own when you first sign in.",
)


def invitation_mail(
    language: str, *, organisation: str, address: str, email: str, password: str | None
) -> InvitationMail:
    """The mail in `zh` or `en`.

    Programs parse the lines `Organisation: …`, `Address: …`, `User: …` and, with a password, `Password: …`.
    """
    subject, greeting, first = (line.format(organisation=organisation) for line in (_ZH if language == "zh" else _EN))
    secret = [f"Password: {password}", "", first] if password else []
    lines = [greeting, "", f"Organisation: {organisation}", f"Address: {address}", f"User: {email}", *secret]
    return InvitationMail(subject, "\n".join([*lines, ""]))
