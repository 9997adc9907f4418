"""Creates the resources of `infra/template.yaml` in the emulator, through AWS API calls.

moto's own CloudFormation silently skips Cognito, bucket policies, versioning and CORS. Here an unknown type or
property is an error, so that the local stack cannot differ from the deployment unnoticed.
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

PARAMETERS = {"MailFrom": "redress@example.com", "Address": "https://redress.example.com", "AccessLogs": "off"}
"""Values for the parameters without a default, and others that differ here."""

SIMULATED = {
    "AWS::Serverless::Function": "infra/local/events/ and infra/local/gateway/ call the functions",
    "AWS::Serverless::Api": "infra/local/gateway/rest_api.py is the gateway",
    "AWS::Cognito::ManagedLoginBranding": "infra/local/sign_in/ has pages of its own",
    "AWS::Cognito::UserPoolDomain": "infra/local/sign_in/ is the issuer of the pages",
    "AWS::GuardDuty::MalwareProtectionPlan": "the scanner is a stand-in that detects test files",
    "AWS::ApiGateway::Account": "there are no access logs",
    "AWS::ApiGateway::BasePathMapping": "there is no domain name",
    "AWS::ApiGateway::DomainName": "there is no domain name",
    "AWS::WAFv2::WebACLAssociation": "there is no firewall",
    "AWS::Logs::LogGroup": "logs go to the terminal",
    "AWS::CloudWatch::Dashboard": "there are no metrics to show",
    "AWS::CloudWatch::Alarm": "alarms are not evaluated locally",
    "AWS::SES::ConfigurationSetEventDestination": "no email is sent, so there are no delivery events",
}
"""Types that are not created, each with its replacement or the reason."""

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


class AppliedStack:
    """The template's resources. Each is created at the first reference to it. Implements `TemplateValues`."""

    def __init__(self, template: Mapping[str, Any] | None = None, parameters: Mapping[str, str] | None = None) -> None:
        self.template = dict(template or load())
        self._parameters = {
            name: {**PARAMETERS, **(parameters or {})}.get(name, declared.get("Default", ""))
            for name, declared in self.template.get("Parameters", {}).items()
        }
        self._session = boto3.session.Session(region_name=REGION)
        self._clients: dict[str, Any] = {}
        self._created: dict[str, Resource] = {}

    def apply(self) -> None:
        """Create all resources. Raises ValueError for an unsupported type or property."""
        for name in self.created_here():
            self._resource(name)
        if sender := self._parameters.get("MailFrom"):
            self.client("ses").verify_email_identity(EmailAddress=sender)

    def created_here(self) -> list[str]:
        """The logical ids of the resources that are created: neither simulated nor excluded by their condition."""
        return [
            name
            for name, resource in self.template["Resources"].items()
            if resource["Type"] not in SIMULATED
            and ("Condition" not in resource or self.condition(resource["Condition"]))
        ]

    def environment(self) -> dict[str, str]:
        """The functions' environment variables, from the template's `Globals`."""
        variables: dict[str, str] = self.resolved(self.template["Globals"]["Function"]["Environment"]["Variables"])
        return {**{name: str(value) for name, value in variables.items()}, "AWS_REGION": REGION}

    def properties(self, name: str) -> dict[str, Any]:
        """A resource's properties, resolved."""
        resolved: dict[str, Any] = self.resolved(self.template["Resources"][name].get("Properties", {}))
        return resolved

    def resolved(self, value: Json) -> Json:
        return resolve(value, self)

    def client(self, service: str) -> Any:
        """A boto3 client of the emulated service, cached."""
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
        if name not in self._created:
            kind = self.template["Resources"][name]["Type"]
            if kind not in _MAKERS:
                raise ValueError(f"the local stack cannot create {name} of type {kind}")
            self._created[name] = _MAKERS[kind](self.client, name, self.properties(name))
        return self._created[name]
