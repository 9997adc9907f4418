"""The subject and text of the mail that invites a person."""

from __future__ import annotations

from chalicelib.kit import catalogue
from chalicelib.kit.mail import Mail, Own
from chalicelib.kit.web_addresses.search import is_lure
from chalicelib.ports import Invitation


def invitation_mail(language: str, invited: Invitation, *, organisation: str, address: str, email: str) -> Mail:
    """The mail in `zh` or `en`.

    Programs parse the lines with the organisation, the address, the user and, for a new account, the password.
    """
    words = catalogue.words("invitation", language)
    has_signed_in = invited.password is None and not invited.pending
    # Anybody can sign up under any name, so a stranger's subject has no name.
    subject = words["subject"].format(organisation=organisation) if has_signed_in else words["to_strangers"]
    secret: list[str | Own] = []
    if invited.password:
        secret = [f"\n{words['before_password']}", Own(invited.password), f"\n\n{words['first']}"]
    pending = f"\n\n{words['pending']}" if invited.pending else ""
    greeting = words["greeting"].format(organisation=organisation)
    start = f"{greeting}\n\n{words['before_organisation']}{organisation}\n{words['before_address']}"
    user = email if is_lure(email) else Own(email)
    return Mail(language, subject, [start, Own(address), f"\n{words['before_user']}", user, *secret, f"{pending}\n"])
