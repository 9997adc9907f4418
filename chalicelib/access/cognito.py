"""Identity on Amazon Cognito: people are created by invitation, with a temporary password that we send ourselves."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from contextlib import suppress
from typing import TYPE_CHECKING

from chalicelib.access import binding
from chalicelib.access.clients import Clients
from chalicelib.email_address import normalised
from chalicelib.ports import Account, Invitation
from chalicelib.problem import Problem

if TYPE_CHECKING:
    from mypy_boto3_cognito_idp.type_defs import AdminGetUserResponseTypeDef, AttributeTypeTypeDef

_NEVER_SIGNED_IN = "FORCE_CHANGE_PASSWORD"


class CognitoIdentity:
    """`ports.Identity` on a user pool whose user name is the e-mail address."""

    def __init__(self, clients: Clients, user_pool: str) -> None:
        self._clients = clients
        self._pool = user_pool

    def find_or_create(self, email: str) -> str:
        address = normalised(email)
        with binding.directory():
            made = self._create(address)
            return made.sub if made else _owner(self._user(address), address)

    def account(self, email: str) -> Account | None:
        address = normalised(email)
        cognito = self._clients.cognito()
        with binding.directory():
            try:
                user = self._user(address)
            except cognito.exceptions.UserNotFoundException:
                return None
        if not _confirmed(user, address):
            return None
        return Account(_sub(user["UserAttributes"]), user["UserStatus"] != _NEVER_SIGNED_IN)

    def delete(self, sub: str) -> None:
        """The pool's user names are the subs; addresses are aliases of them (AWS: "UsernameAttributes")."""
        cognito = self._clients.cognito()
        with binding.directory(), suppress(cognito.exceptions.UserNotFoundException):
            cognito.admin_delete_user(UserPoolId=self._pool, Username=sub)

    def invite(self, email: str) -> Invitation:
        address = normalised(email)
        with binding.directory():
            return self._create(address) or self._known(address)

    def _create(self, address: str) -> Invitation | None:
        cognito = self._clients.cognito()
        password = _temporary_password()
        try:
            made = cognito.admin_create_user(
                UserPoolId=self._pool,
                Username=address,
                TemporaryPassword=password,
                MessageAction="SUPPRESS",  # Cognito's own mail knows neither the tenant nor its language
                UserAttributes=[{"Name": "email", "Value": address}, {"Name": "email_verified", "Value": "true"}],
            )
        except cognito.exceptions.UsernameExistsException:
            return None
        return Invitation(sub=_sub(made["User"]["Attributes"]), password=password)

    def _known(self, address: str) -> Invitation:
        """Whoever never signed in gets a new temporary password: the earlier one may have been lost on its way."""
        user = self._user(address)
        sub = _owner(user, address)
        if user["UserStatus"] != _NEVER_SIGNED_IN:
            return Invitation(sub=sub, password=None)
        password = _temporary_password()
        self._clients.cognito().admin_set_user_password(
            UserPoolId=self._pool, Username=address, Password=password, Permanent=False
        )
        return Invitation(sub=sub, password=password)

    def _user(self, address: str) -> AdminGetUserResponseTypeDef:
        return self._clients.cognito().admin_get_user(UserPoolId=self._pool, Username=address)


def _owner(user: AdminGetUserResponseTypeDef, address: str) -> str:
    """The account's `sub`, if it has confirmed the address: anybody could have given it for theirs otherwise.

    Raises `Problem("conflict")`.
    """
    if not _confirmed(user, address):
        raise Problem("conflict", "There is an account that gives this address and has not confirmed it.")
    return _sub(user["UserAttributes"])


def _confirmed(user: AdminGetUserResponseTypeDef, address: str) -> bool:
    said = {attribute["Name"]: attribute["Value"] for attribute in user["UserAttributes"]}
    return normalised(said.get("email", "")) == address and said.get("email_verified") == "true"


def _sub(attributes: Iterable[AttributeTypeTypeDef]) -> str:
    return next(attribute["Value"] for attribute in attributes if attribute["Name"] == "sub")


def _temporary_password() -> str:
    """128 random bits; the ending meets a pool's demands on the kinds of character."""
    return f"{secrets.token_urlsafe(16)}-aA1"
