"""Creates SQS queues and their policies, SES configuration sets and EventBridge rules."""

from __future__ import annotations

import json
from typing import Any

from infra.local.resources.resource import Client, Properties, Resource, local_name, require_all_used

_ATTRIBUTES = ("MessageRetentionPeriod", "RedrivePolicy", "SqsManagedSseEnabled", "VisibilityTimeout")


def make_queue(client: Client, name: str, properties: Properties) -> Resource:
    sqs, queue = client("sqs"), local_name(name)
    attributes = {key: _text(properties.pop(key)) for key in _ATTRIBUTES if key in properties}
    require_all_used(name, properties)
    url = sqs.create_queue(QueueName=queue, Attributes=attributes)["QueueUrl"]
    arn = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    return Resource(url, {"Arn": arn, "QueueName": queue, "QueueUrl": url})


def make_queue_policy(client: Client, name: str, properties: Properties) -> Resource:
    policy = json.dumps(properties.pop("PolicyDocument"))
    for url in properties.pop("Queues"):
        client("sqs").set_queue_attributes(QueueUrl=url, Attributes={"Policy": policy})
    require_all_used(name, properties)
    return Resource(name, {})


def _text(value: Any) -> str:
    """SQS attributes are text; structures are JSON text."""
    if isinstance(value, str):
        return value
    return json.dumps(value)


def make_configuration_set(client: Client, name: str, properties: Properties) -> Resource:
    require_all_used(name, properties)
    client("ses").create_configuration_set(ConfigurationSet={"Name": local_name(name)})
    return Resource(local_name(name), {})


def make_rule(client: Client, name: str, properties: Properties) -> Resource:
    events, rule = client("events"), local_name(name)
    arn = events.put_rule(Name=rule, EventPattern=json.dumps(properties.pop("EventPattern")))["RuleArn"]
    events.put_targets(Rule=rule, Targets=properties.pop("Targets"))
    require_all_used(name, properties)
    return Resource(rule, {"Arn": arn})
