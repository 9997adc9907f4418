"""Logs and metrics (Powertools Logger and CloudWatch EMF). Powertools is imported at first use.

Logs must not contain personal data, tokens, receipts or request bodies. So the log fields are a closed list that the
type checker enforces. Exceptions are logged as types and code positions, because a message may quote input.
There is no Tracer: active tracing is a setting of the function.
"""

from __future__ import annotations

import os
import traceback
from contextvars import ContextVar
from functools import cache
from threading import Lock
from typing import TYPE_CHECKING, Literal, TypedDict, Unpack

import msgspec

if TYPE_CHECKING:
    from aws_lambda_powertools import Logger
    from aws_lambda_powertools.metrics import EphemeralMetrics

SERVICE = "redress"
NAMESPACE = "Redress"

STACK = "STACK_NAME"
"""Environment variable with the name of the stack, which tells apart the deployments of one account."""

correlation: ContextVar[str] = ContextVar("correlation", default="")
"""Id of the current request or batch, part of each log line."""


class LogFields(TypedDict, total=False):
    """The fields of a log line besides its message: internal names, identifiers and numbers."""

    tenant: str
    operator: str
    route: str
    method: str
    status: int
    problem: str
    milliseconds: int
    handler: str
    complaint: str
    item: str
    event: str
    reaction: str
    clock: str
    attempt: int
    count: int
    error: list[str]


@cache
def logger() -> Logger:
    from aws_lambda_powertools import Logger

    # No message is JSON, so none is tried as JSON. A line takes 21 µs, and took 30 µs.
    return Logger(service=SERVICE, utc=True, location=None, json_serializer=_json, json_deserializer=str)


def _json(line: object) -> str:
    return msgspec.json.encode(line, enc_hook=str).decode()


def info(message: str, **fields: Unpack[LogFields]) -> None:
    logger().info(message, extra=_extra(fields))


def error(message: str, **fields: Unpack[LogFields]) -> None:
    logger().error(message, extra=_extra(fields))


def _extra(fields: LogFields) -> dict[str, object]:
    return {"correlation_id": correlation.get(), **fields}


def frames(failure: BaseException) -> list[str]:
    """An exception and its causes as types and code positions, outermost first, without messages or values."""
    lines: list[str] = []
    seen: BaseException | None = failure
    while seen is not None:
        lines.append(type(seen).__qualname__)
        walked = traceback.walk_tb(seen.__traceback__)  # `extract_tb` would read the source files
        lines.extend(f"{frame.f_code.co_filename}:{line} {frame.f_code.co_name}" for frame, line in walked)
        seen = seen.__cause__ or (None if seen.__suppress_context__ else seen.__context__)
    return lines


Figure = Literal[
    "DueActedOn",
    "DueEnqueued",
    "DueFailed",
    "DueForeign",
    "DueAgain",
    "DueLater",
    "DueLateness",
    "DueParked",
    "EffectAgain",
    "EffectFault",
    "FilingRefusedToSource",
    "ItemDamaged",
    "JobFailed",
    "LaterRelease",
    "ListForeign",
    "MailFailed",
    "MailNotTaken",
    "MailRefused",
    "MailRefusedToTenant",
    "MailReturned",
    "ReportToOperators",
    "ScanWithoutVerdict",
    "SignUpRefused",
    "SignUpRefusedToSource",
    "TierVacant",
    "WrongReceipt",
]
COUNTED: dict[Figure, str] = {
    "DueActedOn": "hits that workers processed",
    "DueEnqueued": "hits that a sweep enqueued for the workers",
    "DueFailed": "hits that failed in a batch and are tried alone",
    "DueForeign": "due entries with another organisation in `due_sk` than in `pk`",
    "DueAgain": "hits that met a throttled table and return to the workers after a pause",
    "DueLater": "hits that returned five times and are left to a later sweep",
    "DueLateness": "milliseconds that a deadline waited for its worker",
    "DueParked": "due entries that failed five times and were quarantined",
    "EffectAgain": "messages of the effects queue that met a throttled or unavailable table and return after a pause",
    "EffectFault": "attempts of a mail or webhook call that failed because of a fault of this service, complaints "
    "that the daily reconciliation skipped, and records of the DynamoDB stream that could not be read as an event",
    "FilingRefusedToSource": "complaints with an e-mail address that were refused, because their IP address had "
    "used up its day",
    "ItemDamaged": "readings of items that no release has written",
    "JobFailed": "jobs that failed",
    "LaterRelease": "changes that were refused because a later release has written what they would change",
    "ListForeign": "rows of index `list` that belong to another organisation's item, each time a reader meets them",
    "MailFailed": "mails that failed: SES refused the recipient's e-mail address, or did not take the mail for "
    "three days",
    "MailNotTaken": "attempts of mails that SES did not take, or that did not reach it",
    "MailRefused": "attempts of mails that the deployment's budget refused",
    "MailRefusedToTenant": "attempts of mails that an organisation's budget refused",
    "MailReturned": "mails that SES took and that bounced or were reported as spam",
    "ReportToOperators": "reports about an office that were filed with the operators or came to them, and messages "
    "that their reporters added",
    "ScanWithoutVerdict": "files without a verdict of the scanner",
    "SignUpRefused": "sign-ups that the deployment's budget refused",
    "SignUpRefusedToSource": "sign-ups that the budget of their IP address refused",
    "TierVacant": "roles without members: each notification of a deadline or of waiting work that reaches no member "
    "counts once for each of its roles; after a crash possibly twice",
    "WrongReceipt": "requests with a wrong receipt or an unknown number",
}
"""What each metric counts, for `docs/operations.md`. The alarm that hears of it is in `infra/template.yaml`."""


def measure(name: Figure, value: float = 1, unit: Literal["Count", "Milliseconds"] = "Count") -> None:
    """Write one value in CloudWatch's embedded metric format to standard output.

    Its dimensions are service and stack: an alarm matches only metrics with exactly the dimensions that it names.
    """
    if os.environ.get("POWERTOOLS_METRICS_DISABLED") == "true":
        return
    metrics = _metrics(os.environ.get(STACK, ""))
    with _measuring:
        metrics.add_metric(name=name, unit=unit, value=value)
        metrics.flush_metrics()


_measuring = Lock()


@cache
def _metrics(stack: str) -> EphemeralMetrics:
    """Made once: `single_metric`, which makes another one each time, takes 27 µs instead of 16 µs."""
    from aws_lambda_powertools.metrics import EphemeralMetrics

    made = EphemeralMetrics(namespace=NAMESPACE)
    made.set_default_dimensions(service=SERVICE, **({"stack": stack} if stack else {}))
    return made
