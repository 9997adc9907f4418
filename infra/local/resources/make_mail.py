"""What becomes of mails: SES's configuration sets, and EventBridge's rules for what they tell."""

from __future__ import annotations

import json

from infra.local.resources.made import Client, Made, Properties, local_name, nothing_left


def make_configuration_set(client: Client, name: str, properties: Properties) -> Made:
    nothing_left(name, properties)
    client("ses").create_configuration_set(ConfigurationSet={"Name": local_name(name)})
    return Made(local_name(name), {})


def make_rule(client: Client, name: str, properties: Properties) -> Made:
    events, rule = client("events"), local_name(name)
    arn = events.put_rule(Name=rule, EventPattern=json.dumps(properties.pop("EventPattern")))["RuleArn"]
    events.put_targets(Rule=rule, Targets=properties.pop("Targets"))
    nothing_left(name, properties)
    return Made(rule, {"Arn": arn})
