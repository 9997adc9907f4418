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
"""All metrics. `docs/operations.md` describes each one and its alarm."""


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
