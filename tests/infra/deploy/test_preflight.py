"""The preflight names what the account lacks before anything is built. botocore's Stubber checks the calls."""

from __future__ import annotations

from contextlib import closing
from functools import cache
from typing import Any

import boto3
import pytest
from botocore.stub import Stubber

from infra.deploy.preflight import CLOUDFRONT, LONGEST_STACK, DeploymentPlan, problems
from infra.local.resources.template import load

REGION = "eu-central-1"
GIVEN = {"MailFrom": "redress@shop.example", "Address": "https://complaints.shop.example"}
DECLARED = load()["Parameters"]
SOUND: dict[tuple[str, str], Any] = {
    ("s3", "get_bucket_location"): {"LocationConstraint": REGION},
    ("sesv2", "get_account"): {"SendingEnabled": True, "ProductionAccessEnabled": True},
    ("sesv2", "get_email_identity"): {"VerifiedForSendingStatus": True},
    ("lambda", "get_account_settings"): {
        "AccountLimit": {"ConcurrentExecutions": 1000, "UnreservedConcurrentExecutions": 1000}
    },
    ("apigateway", "get_account"): {"throttleSettings": {"rateLimit": 10000.0, "burstLimit": 5000}},
}
TOPIC = "arn:aws:sns:eu-central-1:123456789012:alarms"
CERTIFICATE = "arn:aws:acm:eu-central-1:123456789012:certificate/00000000-0000-0000-0000-000000000000"


@cache
def client(name: str, region: str) -> Any:
    """One for all tests: to create it takes longer than most of them."""
    return boto3.client(name, region_name=region)  # type: ignore[call-overload]


class Account:
    """Clients that answer once, in order. A text in place of a response is an error code.

    A service with a digit after its name is the one in the region of CloudFront.
    """

    def __init__(self, answers: dict[tuple[str, str], Any]) -> None:
        self._clients: dict[str, Any] = {}
        self._stubbers: list[Stubber] = []
        for (service, operation), answer in answers.items():
            stubber = self._stubber(service)
            if isinstance(answer, str):
                stubber.add_client_error(operation, answer)
            else:
                stubber.add_response(operation, answer)

    def _stubber(self, service: str) -> Stubber:
        if service not in self._clients:
            name, region = service.rstrip("1"), CLOUDFRONT if service[-1] == "1" else REGION
            self._clients[service] = client(name, region)
            self._stubbers.append(Stubber(self._clients[service]))
            self._stubbers[-1].activate()
        return next(each for each in self._stubbers if each.client is self._clients[service])

    def close(self) -> None:
        for stubber in self._stubbers:
            stubber.deactivate()

    def __call__(self, service: str, region_name: str = REGION) -> Any:
        return self._clients[service + ("1" if region_name == CLOUDFRONT else "")]


@pytest.fixture(autouse=True)
def credentials(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "testing")


def found(
    given: dict[str, str] | None = None, present: dict[str, str] | None = None, stack: str = "redress", **changed: Any
) -> list[str]:
    """The problems. `changed`: answers other than the sound ones, as `service__operation`."""
    answers = SOUND | {tuple(name.split("__")): answer for name, answer in changed.items()}  # type: ignore[operator]
    plan = DeploymentPlan(stack, "code", REGION, GIVEN if given is None else given, present or {}, DECLARED)
    with closing(Account(answers)) as account:
        return problems(account, plan)


def test_a_sound_account_has_no_problem() -> None:
    assert found() == []


@pytest.mark.parametrize("stack", ["", "1st", "a_b", "a" * (LONGEST_STACK + 1)])
def test_a_stack_whose_functions_could_not_log_is_refused(stack: str) -> None:
    [problem] = found(stack=stack)
    assert problem.startswith("STACK: ")


def test_the_longest_stacks_functions_have_complete_names() -> None:
    """CloudFormation names a function `<stack>-<logical id>-<12 or 13 characters>` within 64 characters."""
    longest = max(len(name) for name, each in load()["Resources"].items() if each["Type"].endswith("::Function"))
    assert LONGEST_STACK + 1 + longest + 1 + 13 <= 64


def test_parameters_without_a_default_must_be_given_once() -> None:
    assert found(given={"MailFrom": GIVEN["MailFrom"]}) == ["Address has no default: name it in PARAMETERS"]
    assert found(given={}, present=GIVEN) == []


@pytest.mark.parametrize(
    ("name", "value", "problem"),
    [
        ("Adress", "https://a.example", "the template has no parameter Adress"),
        ("Address", "https://a.example/", "Address must match"),
        ("MailFrom", "nobody", "MailFrom must match"),
    ],
)
def test_a_wrong_parameter_is_refused(name: str, value: str, problem: str) -> None:
    [told] = found(given={**GIVEN, name: value})
    assert told.startswith(problem)


@pytest.mark.parametrize(
    ("answer", "problem"),
    [("AccessDenied", "BUCKET code: AccessDenied"), ({}, "BUCKET code is in us-east-1, and the stack in eu-central-1")],
)
def test_the_bucket_must_be_in_the_stacks_region(answer: Any, problem: str) -> None:
    assert found(s3__get_bucket_location=answer) == [problem]


@pytest.mark.parametrize(
    ("operation", "answer", "problem"),
    [
        ("get_account", {"SendingEnabled": True, "ProductionAccessEnabled": False}, "Amazon SES is in the sandbox"),
        ("get_account", {"SendingEnabled": False, "ProductionAccessEnabled": True}, "Amazon SES does not send mail"),
        (
            "get_email_identity",
            {"VerifiedForSendingStatus": False},
            "the identity redress@shop.example is not",
        ),
        ("get_email_identity", "NotFoundException", "Amazon SES has no identity redress@shop.example"),
    ],
)
def test_mail_must_leave(operation: str, answer: Any, problem: str) -> None:
    [told] = found(**{f"sesv2__{operation}": answer})
    assert told.startswith(problem)


def test_a_verified_domain_is_enough() -> None:
    [told] = found(given={**GIVEN, "MailIdentity": "shop.example"}, sesv2__get_email_identity="NotFoundException")
    assert told.startswith("Amazon SES has no identity shop.example")


def limits(free: int) -> dict[str, Any]:
    return {"AccountLimit": {"ConcurrentExecutions": 1000, "UnreservedConcurrentExecutions": free}}


@pytest.mark.parametrize(("free", "enough"), [(570, True), (569, False), (10, False)])
def test_the_reserves_must_leave_a_hundred(free: int, enough: bool) -> None:
    assert (found(lambda__get_account_settings=limits(free)) == []) is enough


def test_the_reserves_that_the_stack_has_count_once() -> None:
    own = {"ApiConcurrency": "300", "AuthorizerConcurrency": "100", "RelayConcurrency": "50", "CheckConcurrency": "20"}
    assert found(present=own, lambda__get_account_settings=limits(100)) == []
    assert len(found(present={**own, "ApiConcurrency": "299"}, given={**GIVEN, "ApiConcurrency": "300"},
                     lambda__get_account_settings=limits(100))) == 1  # fmt: skip


def test_the_gateways_limits_and_role_are_the_accounts() -> None:
    low = {"throttleSettings": {"rateLimit": 100.0, "burstLimit": 50}}
    [rate, role] = found(given={**GIVEN, "AccessLogs": "on"}, apigateway__get_account=low)
    assert rate == "RequestsASecond is above the account's limit of API Gateway, 100"
    assert role.endswith("use AccessLogs=role")


@pytest.mark.parametrize(
    ("answer", "problem"),
    [
        ({"Attributes": {"SubscriptionsConfirmed": "0"}}, ["AlarmTopic has no confirmed subscription"]),
        ("NotFound", ["AlarmTopic: NotFound"]),
        ({"Attributes": {"SubscriptionsConfirmed": "1"}}, []),
    ],
)
def test_alarms_must_have_a_confirmed_subscriber(answer: Any, problem: list[str]) -> None:
    told = found(given={**GIVEN, "AlarmTopic": TOPIC}, sns__get_topic_attributes=answer)
    assert [each.partition(":")[0] for each in told] == [each.partition(":")[0] for each in problem]


@pytest.mark.parametrize("name", ["VpcSubnets", "VpcSecurityGroups"])
def test_subnets_and_security_groups_belong_together(name: str) -> None:
    assert len(found(given={**GIVEN, name: "a,b"})) == 1
    assert found(given={**GIVEN, "VpcSubnets": "a,b", "VpcSecurityGroups": "c"}) == []


def test_a_scanner_of_the_operators_own_is_asked_in_a_private_network() -> None:
    own = {**GIVEN, "Scanner": "clamd://10.0.0.9:3310"}
    assert found(given=own) == ["a scanner at clamd:// needs VpcSubnets and VpcSecurityGroups"]
    assert found(given={**own, "VpcSubnets": "a,b", "VpcSecurityGroups": "c"}) == []


DOMAIN = "complaints.shop.example"
CERTIFICATES = [
    {"Certificate": CERTIFICATE},
    {"Certificate": CERTIFICATE, "CloudFrontCertificate": CERTIFICATE.replace(REGION, CLOUDFRONT)},
]


@pytest.mark.parametrize("certificates", CERTIFICATES, ids=["the API's", "CloudFront's too"])
@pytest.mark.parametrize(
    ("status", "covers", "sound"),
    [
        ("ISSUED", DOMAIN, True),
        ("ISSUED", "*.shop.example", True),
        ("ISSUED", "other.example", False),
        ("PENDING_VALIDATION", DOMAIN, False),
    ],
)
def test_certificates_must_be_issued_for_the_domain(
    certificates: dict[str, str], status: str, covers: str, sound: bool
) -> None:
    given = {**GIVEN, "DomainName": DOMAIN, **certificates}
    answer = {"Certificate": {"Status": status, "SubjectAlternativeNames": [covers]}}
    told = found(given=given, **{f"acm{at or ''}__describe_certificate": answer for at in range(len(certificates))})
    assert len(told) == (0 if sound else len(certificates))
    assert [each for each in told if not each.startswith(tuple(f"{name} is " for name in certificates))] == []


def test_the_certificate_of_cloudfront_is_in_its_own_region() -> None:
    given = {**GIVEN, "DomainName": DOMAIN, "CloudFrontCertificate": CERTIFICATE}
    [problem] = found(given=given)
    assert problem.startswith("CloudFrontCertificate must match ")


STREAM = "arn:aws:dynamodb:eu-central-1:123456789012:table/redress-restored/stream/2026-11-26T10:00:00.000"
RESTORED = GIVEN | {"RestoredTable": "redress-restored", "RestoredTableStream": STREAM}
TABLE: dict[str, Any] = {
    "TableStatus": "ACTIVE",
    "GlobalSecondaryIndexes": [{"IndexName": "due"}, {"IndexName": "list"}],
    "LatestStreamArn": STREAM,
    "StreamSpecification": {"StreamEnabled": True, "StreamViewType": "KEYS_ONLY"},
    "DeletionProtectionEnabled": True,
}


def restored(expires: str = "expires", backups: str = "ENABLED", **changed: Any) -> list[str]:
    recovery = {"PointInTimeRecoveryStatus": backups}
    continuous = {"ContinuousBackupsStatus": "ENABLED", "PointInTimeRecoveryDescription": recovery}
    return found(
        RESTORED,
        dynamodb__describe_table={"Table": TABLE | changed},
        dynamodb__describe_time_to_live={"TimeToLiveDescription": {"AttributeName": expires}},
        dynamodb__describe_continuous_backups={"ContinuousBackupsDescription": continuous},
    )


def test_a_restored_table_that_was_completed_has_no_problem() -> None:
    assert restored() == []


@pytest.mark.parametrize(
    ("lacking", "problem"),
    [
        ({"TableStatus": "CREATING"}, "is not ACTIVE"),
        ({"GlobalSecondaryIndexes": [{"IndexName": "due"}]}, "lacks an index"),
        ({"LatestStreamArn": f"{STREAM}1"}, "has not the stream RestoredTableStream"),
        ({"StreamSpecification": {"StreamEnabled": True, "StreamViewType": "NEW_IMAGE"}}, "has no stream of KEYS_ONLY"),
        ({"DeletionProtectionEnabled": False}, "is not protected from deletion"),
        ({"expires": "ttl"}, "has no expiry by 'expires'"),
        ({"backups": "DISABLED"}, "has no point-in-time recovery"),
    ],
)
def test_what_a_restored_table_lacks_is_named(lacking: dict[str, Any], problem: str) -> None:
    assert restored(**lacking) == [f"RestoredTable redress-restored {problem}"]


def test_a_restored_table_that_is_not_there_is_named() -> None:
    problems_found = found(RESTORED, dynamodb__describe_table="ResourceNotFoundException")
    assert problems_found == ["RestoredTable redress-restored: ResourceNotFoundException"]


def test_a_stream_without_its_table_is_refused() -> None:
    assert found(GIVEN | {"RestoredTableStream": STREAM}) == ["RestoredTableStream is given without RestoredTable"]
