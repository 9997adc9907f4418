"""Creates the table of `infra/template.yaml` through the API, for tests and for engines without CloudFormation."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml

TEMPLATE = Path(__file__).parents[1] / "template.yaml"


class _TableLoader(yaml.CSafeLoader):
    """Reads CloudFormation's short tags (`!Ref`, `!Sub`, …) as None. The table has none."""


_TableLoader.add_multi_constructor("!", lambda loader, suffix, node: None)


def create_table(client: Any, name: str) -> None:
    """Create the table and wait until it is ready. `client`: a boto3 or botocore DynamoDB client."""
    table = definition()
    stream = table["StreamSpecification"] | {"StreamEnabled": True}
    copied = ("BillingMode", "AttributeDefinitions", "KeySchema", "GlobalSecondaryIndexes")
    client.create_table(TableName=name, StreamSpecification=stream, **{key: table[key] for key in copied})
    client.get_waiter("table_exists").wait(TableName=name, WaiterConfig={"Delay": 1, "MaxAttempts": 30})
    client.update_time_to_live(TableName=name, TimeToLiveSpecification=table["TimeToLiveSpecification"])


@cache
def definition() -> dict[str, Any]:
    """The properties of the resource `Table`, cached."""
    template = yaml.load(TEMPLATE.read_text("utf-8"), Loader=_TableLoader)  # noqa: S506 (a SafeLoader)
    properties: dict[str, Any] = template["Resources"]["Table"]["Properties"]
    return properties
