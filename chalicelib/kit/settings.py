"""Settings: the environment variables, read and validated once by `Settings.from_environment`, never at import."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import msgspec
from msgspec.structs import fields

PREFIX = "REDRESS_"


class SettingsError(RuntimeError):
    """Environment variables are missing or invalid. The message names each of them, without values."""


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """The deployment's resources and limits, each from variable `REDRESS_<NAME>` (set in `infra/template.yaml`)."""

    table: str
    bucket: str
    scanner: str
    """Name of the malware scanner (`features.evidence.scanning.scanners.scanner`)."""
    lock_mode: str
    """S3 Object Lock mode of sealed files: `GOVERNANCE`, or `COMPLIANCE`, in which no one can shorten the retention."""
    lock_days: int
    """Days for which a sealed file is locked by default, if the policy defines none."""
    effects_queue: str
    """URL of the queue, as are the next two."""
    hooks_queue: str
    due_queue: str
    user_pool: str
    user_pool_client: str
    """App client id: the audience of accepted tokens."""
    sign_in: str
    """URL of the issuer under which its pages and token endpoints are."""
    accounts: str
    """URL of the user pools' API, for what people do with their own tokens."""
    session_idle_minutes: int
    """Minutes without a request after which the session of a person on the pages ends."""
    session_hours: int
    """Hours after sign-in at which it ends in any case."""
    key: str
    """ARN of the KMS key that wraps the tenants' data keys."""
    mail_from: str
    """Sender address, verified with Amazon SES."""
    mail_set: str
    """SES configuration set that publishes delivery events."""
    address: str
    """Public URL of the service: `https://…`."""
    secret: str
    """ARN of the secret that `crypto.secrets.SecretsManagerKeys` reads."""
    erasure_role: str
    """ARN of the role that deletes the objects of an organisation that has left."""
    statement_key: str
    """ARN of the KMS key that signs statements of erasure."""
    leaving_days: int
    """Days of domain time between an organisation's notice to leave and its erasure."""
    anchor_mode: str
    """S3 Object Lock mode of anchors: `GOVERNANCE` or `COMPLIANCE`."""
    anchor_days: int
    """Days of real time for which anchors are locked."""
    address_requests: int
    """Requests per minute from one IP address without signing in."""
    person_requests: int
    """Requests per minute of one signed-in person."""
    plan_requests_factor: int
    """Multiplier for the requests per minute of every plan."""
    address_complaints_factor: int
    """Multiplier for the complaints per day from one IP address."""
    sign_ups_a_day: int
    """Organisations that may sign up in a day (UTC). In one hour it may be a tenth of them."""
    mails_a_day: int
    """Mails that the deployment sends in a day (UTC). In one hour it may be a tenth of them."""
    tenant_role: str
    """ARN of the role that is assumed for each tenant."""
    region: str
    """From `AWS_REGION`, which Lambda sets."""

    @classmethod
    def from_environment(cls, environ: Mapping[str, str]) -> Settings:
        """Raises `SettingsError` if a variable is missing or empty, or a number is not a whole number above 0."""
        names = {field.name: variable(field.name) for field in fields(cls)}
        missing = sorted(name for name in names.values() if not environ.get(name))
        if missing:
            raise SettingsError(f"missing environment variables: {', '.join(missing)}")
        numbers = {field.name for field in fields(cls) if field.type is int}
        wrong = sorted(names[field] for field in numbers if not re.fullmatch("[1-9][0-9]{0,8}", environ[names[field]]))
        if wrong:
            raise SettingsError(f"environment variables that must be whole numbers above 0: {', '.join(wrong)}")
        values: dict[str, Any] = {field: environ[name] for field, name in names.items()}
        return cls(**values | {field: int(values[field]) for field in numbers})


def variable(field: str) -> str:
    """The environment variable of a field."""
    return "AWS_REGION" if field == "region" else PREFIX + field.upper()
