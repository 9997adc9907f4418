"""Settings: what the environment must say, read and checked once (`Settings.from_environment`), never at import."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import msgspec
from msgspec.structs import fields

PREFIX = "REDRESS_"


class SettingsError(RuntimeError):
    """The environment lacks something. The text names every variable that is missing, and no value."""


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """Names of the deployment's resources, each from `REDRESS_<NAME>` as `infra/template.yaml` sets it."""

    table: str
    bucket: str
    scanner: str
    """What looks for malware (`evidence.scanning.scanners.scanner`)."""
    lock_mode: str
    """S3 Object Lock's mode of sealed files: whether anybody may end their retention (GOVERNANCE) or nobody."""
    lock_days: int
    """For how many days a sealed file is locked where the policy says nothing."""
    effects_queue: str
    """The queue's URL, as are the next two."""
    hooks_queue: str
    due_queue: str
    user_pool: str
    user_pool_client: str
    """The audience of the tokens that are taken."""
    key: str
    """ARN of the KMS key that wraps the tenants' data keys."""
    mail_from: str
    """An address verified with Amazon SES."""
    mail_set: str
    """The SES configuration set that tells what becomes of mails."""
    address: str
    """Where people reach the service: `https://…`."""
    secret: str
    """ARN of the secret of `crypto.secrets.SecretsManagerKeys`."""
    erasure_role: str
    """ARN of the role that deletes the objects of an organisation that has left."""
    statement_key: str
    """ARN of the KMS key that signs statements of erasure."""
    leaving_days: int
    """The domain's days between an organisation's leaving and its erasure."""
    anchor_mode: str
    """How anchors are locked: `GOVERNANCE`, or `COMPLIANCE`, which nobody can lift."""
    anchor_days: int
    """Real days for which they are."""
    address_requests: int
    """Requests a minute that one address may send without signing in."""
    person_requests: int
    """Requests a minute that one person may send."""
    plan_requests_factor: int
    """Every plan's requests a minute are so many times as many."""
    address_complaints_factor: int
    """The share of an organisation's complaints that one address may file is so many times as large."""
    tenant_role: str
    """ARN of the role that is assumed for each tenant."""
    region: str
    """From `AWS_REGION`, which Lambda sets."""

    @classmethod
    def from_environment(cls, environ: Mapping[str, str]) -> Settings:
        """Raises `SettingsError`."""
        names = {field.name: variable(field.name) for field in fields(cls)}
        missing = sorted(name for name in names.values() if not environ.get(name))
        if missing:
            raise SettingsError(f"the environment does not say {', '.join(missing)}")
        numbers = {field.name for field in fields(cls) if field.type is int}
        wrong = sorted(names[field] for field in numbers if not re.fullmatch("[1-9][0-9]{0,8}", environ[names[field]]))
        if wrong:
            raise SettingsError(f"the environment says no whole number above 0 for {', '.join(wrong)}")
        said: dict[str, Any] = {field: environ[name] for field, name in names.items()}
        return cls(**said | {field: int(said[field]) for field in numbers})


def variable(field: str) -> str:
    """The environment variable of a field."""
    return "AWS_REGION" if field == "region" else PREFIX + field.upper()
