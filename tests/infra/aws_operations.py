"""Finds the AWS operations that the code uses, by parsing its source: calls, paginators and presigned requests."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from functools import cache

import botocore.session
from botocore import xform_name

from infra.checks import trees

ROOT = trees.ROOT / "chalicelib"
RECEIVERS = {
    "cognito-idp": r".*clients\.cognito\(\)|cognito",
    "dynamodb": r"(self\.)?connection",
    "kms": r"self\._kms\(\)",
    "s3": r"self\._s3\(.*\)|self\._clients\.s3_for_copies\(\)|s3|patient_s3|bucket\.client",
    "secretsmanager": r".*clients\.secrets\(\)",
    "ses": r".*clients\.ses\(\)",
    "sqs": r".*clients\.sqs\(\)",
    "sts": r"self\._client\(\)",
}
"""Expressions in the source that are AWS clients. A call of an operation's name on another expression is an error,
unless the name is a single word, which other classes use too."""
NO_CLIENTS = {"sign_up", "unit_of_work", "retention", "_environment()"}
"""Modules of this service, and Jinja's environment, with functions named like operations of AWS."""
_IN_FIRST_ARGUMENT = {"get_paginator", "generate_presigned_url", "get_waiter"}


@cache
def asked_for() -> dict[str, set[str]]:
    """`service:Operation` with the modules that use it. Raises ValueError for an unknown client."""
    found: dict[str, set[str]] = {}
    for file in trees.files("chalicelib"):
        for operation in in_source(trees.nodes(file)):
            found.setdefault(operation, set()).add(str(file.relative_to(ROOT)))
    return found


def in_source(nodes: Iterable[ast.AST]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            method = _method(node, node.func.attr)
            if any(method in _operations(service) for service in RECEIVERS):
                yield from _operation(ast.unparse(node.func.value), method)


def _method(call: ast.Call, name: str) -> str:
    """boto3's name of the operation."""
    if name == "generate_presigned_post":
        return "put_object"
    first = call.args[0] if call.args else None
    if name in _IN_FIRST_ARGUMENT and isinstance(first, ast.Constant):
        return str(first.value)
    return name


def _operation(receiver: str, method: str) -> Iterator[str]:
    """`method`: the name of an operation of one of the services."""
    service = next((name for name, form in RECEIVERS.items() if re.fullmatch(form, receiver)), None)
    if service is None:
        if "_" in method and receiver not in NO_CLIENTS:
            raise ValueError(f"{receiver}.{method}: is this a client of AWS?")
    elif method in _operations(service):
        yield f"{service}:{_operations(service)[method]}"


@cache
def _operations(service: str) -> dict[str, str]:
    """The operations of a service, by boto3's names."""
    names = botocore.session.get_session().get_service_model(service).operation_names
    return {xform_name(name): name for name in names}
