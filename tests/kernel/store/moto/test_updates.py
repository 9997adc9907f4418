"""Update expressions have the same result with the shim as without it."""

from __future__ import annotations

from contextlib import nullcontext
from typing import Any

import pytest
from botocore.exceptions import ClientError
from moto import mock_aws

from infra.moto import moto_shim
from tests.kernel.store.conftest import Table

KEY = {"pk": {"S": "p"}, "sk": {"S": "s"}}
NAMES = {"#a": "a", "#b": "b", "#m": "m"}
VALUES = {":one": {"N": "1"}, ":text": {"S": "x"}, ":list": {"L": [{"N": "2"}]}, ":empty": {"L": []}}


def updated(session: Any, expression: str, *, shim: bool) -> Any:
    """The item after the update, or the error."""
    with moto_shim.installed() if shim else nullcontext(), mock_aws():
        table = Table(session)
        item = {**KEY, "a": {"N": "4"}, "m": {"M": {"deep": {"N": "7"}}}, "l": {"L": [{"N": "1"}]}}
        table.client.put_item(TableName=table.name, Item=item)
        asked = {"TableName": table.name, "Key": KEY, "UpdateExpression": expression, "ReturnValues": "ALL_NEW"}
        used = {
            "ExpressionAttributeNames": {name: real for name, real in NAMES.items() if name in expression},
            "ExpressionAttributeValues": {name: value for name, value in VALUES.items() if name in expression},
        }
        try:
            return table.client.update_item(**asked, **{name: part for name, part in used.items() if part})[
                "Attributes"
            ]
        except ClientError as refused:
            return refused.response["Error"]


@pytest.mark.parametrize(
    "expression",
    [
        "SET #a = :one",
        "SET #a = #a + :one, #b = if_not_exists(#b, :text)",
        "SET l = list_append(if_not_exists(l, :empty), :list)",
        "SET #m.deep = #a - :one REMOVE l[0]",
        "ADD #a :one, c :one",
        "SET #b = :text REMOVE #a, l ADD c :one",
        "ADD #a :text",
        "SET #a = #b + :one",
        "SET #a = :one, #a = :text",
        "SET sk = :text",
        "SET #a == :one",
    ],
)
def test_an_update_is_the_same_with_the_shim(session: Any, expression: str) -> None:
    assert updated(session, expression, shim=True) == updated(session, expression, shim=False)
