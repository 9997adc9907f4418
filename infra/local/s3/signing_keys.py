"""Secrets of the access keys in presigned requests: the functions' own key and keys of assumed roles."""

from __future__ import annotations

import hmac
from datetime import UTC, datetime
from typing import Any

from infra.local.emulator import CREDENTIALS
from infra.local.resources.applier import ACCOUNT
from infra.local.s3.post_policy import SecretOf


def secret_lookup(token: str | None) -> SecretOf:
    """`token`: the request's session token. An assumed role's key needs its own token and must not have expired."""

    def secret_of(access_key: str) -> str | None:
        if access_key == CREDENTIALS["AWS_ACCESS_KEY_ID"]:
            return CREDENTIALS["AWS_SECRET_ACCESS_KEY"]
        role = _sts().get_assumed_role_from_access_key(access_key)
        if role is None or not hmac.compare_digest(role.session_token.encode(), (token or "").encode()):
            return None
        valid = role.expiration.replace(tzinfo=role.expiration.tzinfo or UTC) > datetime.now(UTC)
        return str(role.secret_access_key) if valid else None

    return secret_of


def _sts() -> Any:
    from moto.sts.models import sts_backends

    return sts_backends[ACCOUNT]["aws"]
