"""Which operations of AWS the product's code asks for, read out of its source: called, paged through or presigned."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import botocore.session
from botocore import xform_name

ROOT = Path(__file__).parents[2] / "chalicelib"
RECEIVERS = {
    "cognito-idp": r".*clients\.cognito\(\)|cognito",
    "dynamodb": r"(self\.)?connection",
    "kms": r"self\._kms\(\)",
    "s3": r"self\._s3\(.*\)|s3|bucket\.client",
    "secretsmanager": r".*clients\.secrets\(\)",
    "ses": r".*clients\.ses\(\)",
    "sqs": r".*clients\.sqs\(\)",
    "sts": r"self\._client\(\)",
}
"""How clients are written down where something is called on them. A call by an operation's name on anything else is an
error, unless the name is one word, which others have, too."""
NO_CLIENTS = {"sign_up", "evidence_unit_of_work", "retention"}
"""The service's own modules with functions named like operations of Cognito, DynamoDB or S3."""
_IN_FIRST_ARGUMENT = {"get_paginator", "generate_presigned_url", "get_waiter"}


def asked_for() -> dict[str, set[str]]:
    """`service:Operation`, and the modules that ask for it. Raises ValueError for a client that is not known."""
    found: dict[str, set[str]] = {}
    for file in sorted(ROOT.rglob("*.py")):
        for operation in in_source(file.read_text("utf-8")):
            found.setdefault(operation, set()).add(str(file.relative_to(ROOT)))
    return found


def in_source(source: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            yield from _operation(ast.unparse(node.func.value), _method(node, node.func.attr))


def _method(call: ast.Call, name: str) -> str:
    """boto3's name for what is asked for."""
    if name == "generate_presigned_post":
        return "put_object"
    first = call.args[0] if call.args else None
    if name in _IN_FIRST_ARGUMENT and isinstance(first, ast.Constant):
        return str(first.value)
    return name


def _operation(receiver: str, method: str) -> Iterator[str]:
    service = next((name for name, form in RECEIVERS.items() if re.fullmatch(form, receiver)), None)
    if service is None:
        if "_" in method and receiver not in NO_CLIENTS and any(method in _operations(each) for each in RECEIVERS):
            raise ValueError(f"{receiver}.{method}: is this a client of AWS?")
    elif method in _operations(service):
        yield f"{service}:{_operations(service)[method]}"


@cache
def _operations(service: str) -> dict[str, str]:
    """By boto3's names."""
    names = botocore.session.get_session().get_service_model(service).operation_names
    return {xform_name(name): name for name in names}
