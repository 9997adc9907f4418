"""SQS queues and their policies."""

from __future__ import annotations

import json
from typing import Any

from infra.local.resources.made import Client, Made, Properties, local_name, nothing_left

_ATTRIBUTES = ("MessageRetentionPeriod", "RedrivePolicy", "SqsManagedSseEnabled", "VisibilityTimeout")


def make_queue(client: Client, name: str, properties: Properties) -> Made:
    sqs, queue = client("sqs"), local_name(name)
    attributes = {key: _text(properties.pop(key)) for key in _ATTRIBUTES if key in properties}
    nothing_left(name, properties)
    url = sqs.create_queue(QueueName=queue, Attributes=attributes)["QueueUrl"]
    arn = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    return Made(url, {"Arn": arn, "QueueName": queue, "QueueUrl": url})


def make_queue_policy(client: Client, name: str, properties: Properties) -> Made:
    policy = json.dumps(properties.pop("PolicyDocument"))
    for url in properties.pop("Queues"):
        client("sqs").set_queue_attributes(QueueUrl=url, Attributes={"Policy": policy})
    nothing_left(name, properties)
    return Made(name, {})


def _text(value: Any) -> str:
    """SQS takes every attribute as text, and structures as JSON."""
    if isinstance(value, str):
        return value
    return json.dumps(value)
