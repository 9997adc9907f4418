"""Applier: makes the resources of `infra/template.yaml` in the emulator, one AWS call a property.

moto's own CloudFormation skips Cognito, bucket policies, versioning and CORS without a word. Here a type or a
property that is not known is an error, so that the local stack cannot drift from what is deployed.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import boto3

from infra.local.resources import identity, messaging, storage
from infra.local.resources.resource import MakeResource, Resource
from infra.local.resources.template import NO_VALUE, Json, load, resolve

ACCOUNT = "123456789012"
"""The account that moto acts as."""
REGION = "eu-central-1"

SIMULATED = {
    "AWS::Serverless::Function": "infra/local/loop.py and server.py call the functions",
    "AWS::Serverless::Api": "infra/local/server.py is the gateway",
    "AWS::GuardDuty::MalwareProtectionPlan": "the scanner is a stand-in that knows test files",
    "AWS::Logs::LogGroup": "logs go to the terminal",
    "AWS::CloudWatch::Alarm": "nobody is woken by a laptop",
    "AWS::SES::ConfigurationSetEventDestination": "no mail leaves, so nothing becomes of it",
}
"""Types that are not made, and what stands for them."""

_PSEUDO: dict[str, Json] = {
    "AWS::AccountId": ACCOUNT,
    "AWS::Region": REGION,
    "AWS::Partition": "aws",
    "AWS::URLSuffix": "amazonaws.com",
    "AWS::StackName": "redress-local",
    "AWS::NoValue": NO_VALUE,
}

_MAKERS: dict[str, MakeResource] = {
    "AWS::Cognito::UserPool": identity.make_user_pool,
    "AWS::Cognito::UserPoolClient": identity.make_user_pool_client,
    "AWS::DynamoDB::Table": storage.make_table,
    "AWS::Events::Rule": messaging.make_rule,
    "AWS::IAM::Policy": identity.make_policy,
    "AWS::IAM::Role": identity.make_role,
    "AWS::KMS::Key": identity.make_key,
    "AWS::S3::Bucket": storage.make_bucket,
    "AWS::S3::BucketPolicy": storage.make_bucket_policy,
    "AWS::SES::ConfigurationSet": messaging.make_configuration_set,
    "AWS::SQS::Queue": messaging.make_queue,
    "AWS::SQS::QueuePolicy": messaging.make_queue_policy,
    "AWS::SecretsManager::Secret": identity.make_secret,
}


class Stack:
    """The template's resources, each made when it is first referred to (`template.Known`)."""

    def __init__(self, template: Mapping[str, Any] | None = None, parameters: Mapping[str, str] | None = None) -> None:
        self.template = dict(template or load())
        self._parameters = {
            name: (parameters or {}).get(name, declared.get("Default", ""))
            for name, declared in self.template.get("Parameters", {}).items()
        }
        self._session = boto3.session.Session(region_name=REGION)
        self._clients: dict[str, Any] = {}
        self._made: dict[str, Resource] = {}

    def apply(self) -> None:
        """Make everything that is not played. Raises ValueError for a type or property that nobody makes."""
        for name, resource in self.template["Resources"].items():
            condition = resource.get("Condition")
            if resource["Type"] not in SIMULATED and (condition is None or self.condition(condition)):
                self._resource(name)
        if sender := self._parameters.get("MailFrom"):
            self.client("ses").verify_email_identity(EmailAddress=sender)

    def environment(self) -> dict[str, str]:
        """The functions' environment, as the template's `Globals` give it."""
        variables: dict[str, str] = self.resolved(self.template["Globals"]["Function"]["Environment"]["Variables"])
        return {**{name: str(value) for name, value in variables.items()}, "AWS_REGION": REGION}

    def properties(self, name: str) -> dict[str, Any]:
        """A resource's properties, resolved."""
        resolved: dict[str, Any] = self.resolved(self.template["Resources"][name].get("Properties", {}))
        return resolved

    def resolved(self, value: Json) -> Json:
        return resolve(value, self)

    def client(self, service: str) -> Any:
        """A client of the emulated service, kept."""
        if service not in self._clients:
            self._clients[service] = self._session.client(service)
        return self._clients[service]

    def ref(self, name: str) -> Json:
        if name in _PSEUDO:
            return _PSEUDO[name]
        return self._parameters[name] if name in self._parameters else self._resource(name).ref

    def attribute(self, name: str, attribute: str) -> str:
        return self._resource(name).attributes[attribute]

    def condition(self, name: str) -> bool:
        return bool(self.resolved(self.template["Conditions"][name]))

    def _resource(self, name: str) -> Resource:
        if name not in self._made:
            kind = self.template["Resources"][name]["Type"]
            if kind not in _MAKERS:
                raise ValueError(f"the local stack does not know how to make {name}, a {kind}")
            self._made[name] = _MAKERS[kind](self.client, name, self.properties(name))
        return self._made[name]
