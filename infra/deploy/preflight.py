"""What a deployment needs of the account, checked before anything is built. Each check returns its problems."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from infra.deploy import parameters

Client = Callable[..., Any]
"""Returns the boto3 client of a service, in the stack's region or in `region_name`."""

LONGEST_STACK = 32
"""Characters. CloudFormation shortens longer names in names of functions, which their permissions for logs contain."""
INDEXES = {"due", "list"}
"""Of the table."""
UNRESERVED = 100
"""Concurrent executions that Lambda never lets a function reserve."""
CLOUDFRONT = "us-east-1"
"""The region of CloudFront's certificates."""
RESERVES = ("ApiConcurrency", "AuthorizerConcurrency", "RelayConcurrency", "CheckConcurrency")


class DeploymentPlan(NamedTuple):
    """What is to be deployed. `given` are the operator's parameters, `present` those that the stack has."""

    stack: str
    bucket: str
    region: str
    given: Mapping[str, str]
    present: Mapping[str, str]
    declared: parameters.Declared

    @property
    def values(self) -> dict[str, str]:
        return parameters.effective(self.given, self.present, self.declared)


def problems(client: Client, plan: DeploymentPlan) -> list[str]:
    """Empty if the deployment can begin."""
    wrong = [*_names(plan), *_parameters(plan)]
    return wrong or [problem for check in CHECKS for problem in check(client, plan)]


def _names(plan: DeploymentPlan) -> list[str]:
    valid = re.fullmatch(rf"[A-Za-z][A-Za-z0-9-]{{0,{LONGEST_STACK - 1}}}", plan.stack)
    return [] if valid else [f"STACK: letters, digits and '-', at most {LONGEST_STACK}, a letter first"]


def _parameters(plan: DeploymentPlan) -> list[str]:
    return [
        *(f"the template has no parameter {name}" for name in parameters.unknown(plan.given, plan.declared)),
        *(
            f"{name} has no default: name it in PARAMETERS"
            for name in parameters.missing(plan.given, plan.present, plan.declared)
        ),
        *(
            f"{name} must match {pattern}"
            for name, value in plan.given.items()
            if (pattern := plan.declared.get(name, {}).get("AllowedPattern")) and not re.fullmatch(pattern, value)
        ),
    ]


def _bucket(client: Client, plan: DeploymentPlan) -> list[str]:
    from botocore.exceptions import ClientError

    try:
        found = client("s3").get_bucket_location(Bucket=plan.bucket).get("LocationConstraint") or "us-east-1"
    except ClientError as error:
        return [f"BUCKET {plan.bucket}: {error.response['Error']['Code']}"]
    return [] if found == plan.region else [f"BUCKET {plan.bucket} is in {found}, and the stack in {plan.region}"]


def _sender(client: Client, plan: DeploymentPlan) -> list[str]:
    from botocore.exceptions import ClientError

    ses = client("sesv2")
    identity = plan.values["MailIdentity"] or plan.values["MailFrom"]
    account = ses.get_account()
    wrong = [] if account["SendingEnabled"] else ["Amazon SES does not send mail for this account (paused)"]
    if not account["ProductionAccessEnabled"]:
        wrong.append("Amazon SES is in the sandbox: it mails verified recipients only. Ask AWS for production access")
    try:
        verified = ses.get_email_identity(EmailIdentity=identity)["VerifiedForSendingStatus"]
    except ClientError as error:
        return [*wrong, f"Amazon SES has no identity {identity}: {error.response['Error']['Code']}"]
    return wrong if verified else [*wrong, f"the identity {identity} is not verified with Amazon SES"]


def _concurrency(client: Client, plan: DeploymentPlan) -> list[str]:
    """Other functions' reserves count; those that this stack has already do not."""
    limits = client("lambda").get_account_settings()["AccountLimit"]
    total, free = limits["ConcurrentExecutions"], limits["UnreservedConcurrentExecutions"]
    own = sum(int(plan.present.get(name, 0)) for name in RESERVES)
    wanted = sum(int(plan.values[name]) for name in RESERVES)
    left = free + own - wanted
    if left >= UNRESERVED:
        return []
    return [
        f"Lambda's concurrency: of {total}, {free + own} are free, and {wanted} are to be reserved; {UNRESERVED} must "
        f"stay. Raise the quota, or lower {', '.join(RESERVES)}"
    ]


def _gateway(client: Client, plan: DeploymentPlan) -> list[str]:
    account = client("apigateway").get_account()
    most = account.get("throttleSettings", {}).get("rateLimit", float("inf"))
    wrong = []
    if float(plan.values["RequestsASecond"]) > most:
        wrong.append(f"RequestsASecond is above the account's limit of API Gateway, {most:.0f}")
    if plan.values["AccessLogs"] == "on" and not account.get("cloudwatchRoleArn"):
        wrong.append("API Gateway has no role for logs in this account and region: use AccessLogs=role")
    return wrong


def _topic(client: Client, plan: DeploymentPlan) -> list[str]:
    from botocore.exceptions import ClientError

    topic = plan.values["AlarmTopic"]
    if not topic:
        return []
    try:
        attributes = client("sns").get_topic_attributes(TopicArn=topic)["Attributes"]
    except ClientError as error:
        return [f"AlarmTopic: {error.response['Error']['Code']}"]
    heard = int(attributes.get("SubscriptionsConfirmed", "0"))
    return [] if heard else ["AlarmTopic has no confirmed subscription: no alarm would be heard"]


def _network(client: Client, plan: DeploymentPlan) -> list[str]:
    """CloudFormation's rules cannot compare lists. clamd has no password: only a private network keeps others out."""
    named = [name for name in ("VpcSubnets", "VpcSecurityGroups") if plan.values[name]]
    if len(named) == 1:
        return [f"{named[0]} is given alone: VpcSubnets and VpcSecurityGroups belong together"]
    outside = plan.values["Scanner"].startswith("clamd://") and not named
    return ["a scanner at clamd:// needs VpcSubnets and VpcSecurityGroups"] if outside else []


def _certificate(client: Client, plan: DeploymentPlan) -> list[str]:
    arn = plan.values["Certificate"]
    return _of_certificate("Certificate", arn, client("acm"), plan) if arn else []


def _cloudfront_certificate(client: Client, plan: DeploymentPlan) -> list[str]:
    arn = plan.values["CloudFrontCertificate"]
    return _of_certificate("CloudFrontCertificate", arn, client("acm", region_name=CLOUDFRONT), plan) if arn else []


def _of_certificate(name: str, arn: str, acm: Any, plan: DeploymentPlan) -> list[str]:
    found = acm.describe_certificate(CertificateArn=arn)["Certificate"]
    domain, names = plan.values["DomainName"], found.get("SubjectAlternativeNames", [])
    wrong = [] if found["Status"] == "ISSUED" else [f"{name} is {found['Status']}, not ISSUED"]
    if domain and not {domain, f"*.{domain.partition('.')[2]}"} & set(names):
        wrong.append(f"{name} is for {', '.join(names)}, not for {domain}")
    return wrong


def _restored_table(client: Client, plan: DeploymentPlan) -> list[str]:
    """A restored table lacks its stream, its expiry and its backups until an operator adds them."""
    from botocore.exceptions import ClientError

    name, stream = plan.values["RestoredTable"], plan.values["RestoredTableStream"]
    if not name:
        return ["RestoredTableStream is given without RestoredTable"] if stream else []
    dynamo = client("dynamodb")
    try:
        table = dynamo.describe_table(TableName=name)["Table"]
        expiry = dynamo.describe_time_to_live(TableName=name)["TimeToLiveDescription"]
        backups = dynamo.describe_continuous_backups(TableName=name)["ContinuousBackupsDescription"]
    except ClientError as error:
        return [f"RestoredTable {name}: {error.response['Error']['Code']}"]
    sound = {
        "is not ACTIVE": table["TableStatus"] == "ACTIVE",
        "lacks an index": {one["IndexName"] for one in table.get("GlobalSecondaryIndexes", ())} == INDEXES,
        "has not the stream RestoredTableStream": table.get("LatestStreamArn") == stream,
        "has no stream of KEYS_ONLY": table.get("StreamSpecification", {}).get("StreamViewType") == "KEYS_ONLY",
        "has no expiry by 'expires'": expiry.get("AttributeName") == "expires",
        "has no point-in-time recovery": _recovers(backups),
        "is not protected from deletion": table.get("DeletionProtectionEnabled", False),
    }
    return [f"RestoredTable {name} {problem}" for problem, is_sound in sound.items() if not is_sound]


def _recovers(backups: Mapping[str, Any]) -> bool:
    status: str = backups.get("PointInTimeRecoveryDescription", {}).get("PointInTimeRecoveryStatus", "")
    return status == "ENABLED"


CHECKS = (
    _bucket,
    _sender,
    _concurrency,
    _gateway,
    _topic,
    _network,
    _certificate,
    _cloudfront_certificate,
    _restored_table,
)
