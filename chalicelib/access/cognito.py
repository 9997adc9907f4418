"""Accounts in Amazon Cognito. An invitation creates an account with a temporary password; this service mails it."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from contextlib import suppress
from typing import TYPE_CHECKING

from chalicelib.access import binding
from chalicelib.access.clients import Clients
from chalicelib.kit.email_address import normalised
from chalicelib.kit.instants import DAY, SECOND
from chalicelib.kit.problem import Place, Problem
from chalicelib.kit.system_clock import real_time
from chalicelib.ports import Invitation

if TYPE_CHECKING:
    from mypy_boto3_cognito_idp.type_defs import AdminGetUserResponseTypeDef, AttributeTypeTypeDef

_NEVER_SIGNED_IN = "FORCE_CHANGE_PASSWORD"
PENDING = 7 * DAY
"""Real time for which a temporary password is valid: `TemporaryPasswordValidityDays` of the template."""


class CognitoIdentity:
    """`ports.Identity` on a user pool whose user name is the e-mail address."""

    def __init__(self, clients: Clients, user_pool: str) -> None:
        self._clients = clients
        self._pool = user_pool

    def find_or_create(self, email: str) -> str:
        address = normalised(email)
        with binding.directory():
            created = self._create(address)
            return created.sub if created else _confirmed_sub(self._user(address), address)

    def account(self, email: str) -> str | None:
        address = normalised(email)
        cognito = self._clients.cognito()
        with binding.directory():
            try:
                user = self._user(address)
            except cognito.exceptions.UserNotFoundException:
                return None
        return _sub(user["UserAttributes"]) if _confirmed(user, address) else None

    def delete(self, sub: str) -> None:
        """The pool's user names are the subs. Addresses are aliases of them (AWS: "UsernameAttributes")."""
        cognito = self._clients.cognito()
        with binding.directory(), suppress(cognito.exceptions.UserNotFoundException):
            cognito.admin_delete_user(UserPoolId=self._pool, Username=sub)

    def invite(self, email: str, *, keep_pending: bool = False) -> Invitation:
        address = normalised(email)
        with binding.directory():
            return self._create(address) or self._invite_again(address, keep_pending)

    def _create(self, address: str) -> Invitation | None:
        cognito = self._clients.cognito()
        password = _temporary_password()
        try:
            created = cognito.admin_create_user(
                UserPoolId=self._pool,
                Username=address,
                TemporaryPassword=password,
                MessageAction="SUPPRESS",  # Cognito's own mail would lack the tenant's name and language
                UserAttributes=[{"Name": "email", "Value": address}, {"Name": "email_verified", "Value": "true"}],
            )
        except cognito.exceptions.UsernameExistsException:
            return None
        except cognito.exceptions.InvalidParameterException:
            place = Place("/email", "is not accepted by the account service")
            raise Problem("invalid", "The account could not be created.", places=[place]) from None
        return Invitation(sub=_sub(created["User"]["Attributes"]), password=password)

    def _invite_again(self, address: str, keep_pending: bool) -> Invitation:
        """Sets a new temporary password if the person has never signed in: the earlier mail may have been lost."""
        user = self._user(address)
        sub = _confirmed_sub(user, address)
        if user["UserStatus"] != _NEVER_SIGNED_IN:
            return Invitation(sub=sub, password=None)
        if keep_pending and _password_is_pending(user):
            return Invitation(sub=sub, password=None, pending=True)
        password = _temporary_password()
        self._clients.cognito().admin_set_user_password(
            UserPoolId=self._pool, Username=address, Password=password, Permanent=False
        )
        return Invitation(sub=sub, password=password)

    def _user(self, address: str) -> AdminGetUserResponseTypeDef:
        return self._clients.cognito().admin_get_user(UserPoolId=self._pool, Username=address)


def _confirmed_sub(user: AdminGetUserResponseTypeDef, address: str) -> str:
    """The account's `sub`. Raises `Problem("conflict")` if the account has not confirmed that the address is its own.

    Without this check, an account with somebody else's address could receive that person's invitations.
    """
    if not _confirmed(user, address):
        raise Problem("conflict", "An account has this address but has not confirmed it.")
    return _sub(user["UserAttributes"])


def _confirmed(user: AdminGetUserResponseTypeDef, address: str) -> bool:
    attributes = {attribute["Name"]: attribute["Value"] for attribute in user["UserAttributes"]}
    return normalised(attributes.get("email", "")) == address and attributes.get("email_verified") == "true"


def _password_is_pending(user: AdminGetUserResponseTypeDef) -> bool:
    """Whether an invitation set a password that has not expired. The password of a new account was sent to no one."""
    created, changed = user["UserCreateDate"], user["UserLastModifiedDate"]
    return changed > created and real_time() - int(changed.timestamp()) * SECOND < PENDING


def _sub(attributes: Iterable[AttributeTypeTypeDef]) -> str:
    return next(attribute["Value"] for attribute in attributes if attribute["Name"] == "sub")


def _temporary_password() -> str:
    """128 random bits. The suffix satisfies a pool's requirements on kinds of characters."""
    return f"{secrets.token_urlsafe(16)}-aA1"
