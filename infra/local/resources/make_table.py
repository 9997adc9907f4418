"""DynamoDB tables."""

from __future__ import annotations

from infra.local.resources.made import Client, Made, Properties, local_name, nothing_left

_AS_THEY_ARE = ("AttributeDefinitions", "BillingMode", "GlobalSecondaryIndexes", "KeySchema")


def make_table(client: Client, name: str, properties: Properties) -> Made:
    dynamodb, table = client("dynamodb"), local_name(name)
    given = {key: properties.pop(key) for key in _AS_THEY_ARE if key in properties}
    stream = {"StreamEnabled": True, **properties.pop("StreamSpecification")}
    encryption = {"Enabled": properties.pop("SSESpecification")["SSEEnabled"]}
    made = dynamodb.create_table(TableName=table, StreamSpecification=stream, SSESpecification=encryption, **given)[
        "TableDescription"
    ]
    dynamodb.update_time_to_live(TableName=table, TimeToLiveSpecification=properties.pop("TimeToLiveSpecification"))
    dynamodb.update_continuous_backups(
        TableName=table,
        PointInTimeRecoverySpecification=properties.pop("PointInTimeRecoverySpecification"),
    )
    nothing_left(name, properties)
    return Made(table, {"Arn": made["TableArn"], "StreamArn": made["LatestStreamArn"]})
