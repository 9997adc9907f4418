"""A deployment by change sets: create, change, confirm, refuse, go back."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import boto3
import pytest
from moto import mock_aws

from infra.deploy.deployment import Deployer, parting, shown
from infra.deploy.distribution import Distribution
from infra.deploy.history import MOST, Deployment, DeploymentHistory
from infra.deploy.operator import DeploymentStopped
from infra.deploy.rollback import roll_back
from infra.deploy.smoke import EXPECTED, SmokeAnswer
from infra.deploy.stack import DeployedStack, StackChange
from infra.deploy.upload import upload
from tests.infra.deploy.formation import Formation, reader

BUCKET, NAME = "code", "redress"


def template(retention: int, **parameters: Mapping[str, str]) -> dict[str, Any]:
    """A small stack with the outputs and the parameter that a deployment looks at."""
    return {
        "Parameters": {
            "Protection": {"Type": "String", "Default": "on"},
            "DefaultEndpoint": {"Type": "String", "Default": "on"},
            "MailFrom": {"Type": "String"},
            **parameters,
        },
        "Resources": {
            "Queue": {"Type": "AWS::SQS::Queue", "Properties": {"MessageRetentionPeriod": retention}},
        },
        "Outputs": {"EndpointURL": {"Value": "https://api.test/api/"}},
    }


@dataclass
class Typing:
    """An operator who types `answer`, or what is asked for."""

    answer: str | None = None
    told: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    def tell(self, text: str) -> None:
        self.told.append(text)

    def confirms(self, question: str, answer: str) -> bool:
        self.asked.append(answer)
        return self.answer is None or self.answer == answer


class Ticking:
    def __init__(self) -> None:
        self._now = datetime(2026, 11, 27, tzinfo=UTC)

    def __call__(self) -> datetime:
        self._now += timedelta(seconds=1)
        return self._now


@dataclass
class Account:
    formation: Any
    s3: Any
    folder: Path
    operator: Typing = field(default_factory=Typing)
    now: Ticking = field(default_factory=Ticking)
    down: bool = False

    def deployer(self) -> Deployer:
        stack = DeployedStack(self.formation, NAME, pause=lambda _: None)
        history = DeploymentHistory(self.s3, BUCKET, f"{NAME}/deployments.json")
        return Deployer(stack, history, self.operator, self._fetch, Distribution(self.s3, None), self.now)

    def deploy(self, wanted: dict[str, Any], **given: str) -> None:
        (self.folder / "sam.json").write_text(json.dumps(wanted), "utf-8")
        uploaded = upload(self.s3, BUCKET, NAME, self.folder)
        self.deployer().deploy(uploaded.key, uploaded.url, uploaded.template, given)

    def parameters(self) -> dict[str, str]:
        state = self.deployer().stack.state()
        assert state is not None
        return state.parameters

    def retention(self) -> int:
        found: int = self.formation.templates[NAME]["Resources"]["Queue"]["Properties"]["MessageRetentionPeriod"]
        return found

    def _fetch(self, method: str, url: str) -> SmokeAnswer:
        statuses = {(each.method, f"https://api.test/api/{each.path}"): each.status for each in EXPECTED}
        return SmokeAnswer(500 if self.down else statuses[method, url], b"{}")


@pytest.fixture
def account(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Account]:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "testing")
    with mock_aws():
        s3 = boto3.client("s3", region_name="eu-central-1")
        s3.create_bucket(Bucket=BUCKET, CreateBucketConfiguration={"LocationConstraint": "eu-central-1"})
        yield Account(Formation(reader(s3, BUCKET)), s3, tmp_path)


def test_a_new_stack_is_created_unprotected_and_protected_afterwards(account: Account) -> None:
    account.deploy(template(60), MailFrom="a@b.example")
    assert account.parameters() == {"MailFrom": "a@b.example", "Protection": "on", "DefaultEndpoint": "on"}
    assert account.formation.calls.count("execute_change_set") == 2
    assert account.operator.asked == ["yes"]


def test_a_stack_may_stay_unprotected(account: Account) -> None:
    account.deploy(template(60), MailFrom="a@b.example", Protection="off")
    assert account.parameters()["Protection"] == "off"


def test_a_change_keeps_the_parameters_that_are_not_given(account: Account) -> None:
    account.deploy(template(60), MailFrom="a@b.example")
    account.deploy(template(120), DefaultEndpoint="on")
    assert account.parameters()["MailFrom"] == "a@b.example"
    assert account.retention() == 120


def test_nothing_happens_without_a_confirmation(account: Account) -> None:
    account.deploy(template(60), MailFrom="a@b.example")
    account.operator.answer = "no"
    with pytest.raises(DeploymentStopped, match="not confirmed"):
        account.deploy(template(120))
    assert account.retention() == 60


def test_the_operator_sees_what_changes(account: Account) -> None:
    account.deploy(template(60), MailFrom="a@b.example")
    assert "Add      Queue (AWS::SQS::Queue)" in account.operator.told


def test_the_operator_learns_where_the_domain_must_lead(account: Account) -> None:
    wanted = template(60, DomainName={"Type": "String"})
    wanted["Outputs"]["DomainTarget"] = {"Value": "d-1.execute-api.test"}
    account.deploy(wanted, MailFrom="a@b.example", DomainName="c.example")
    assert "A DNS alias of c.example must lead to d-1.execute-api.test" in account.operator.told


def test_a_failing_smoke_test_is_told_and_can_be_rolled_back(account: Account) -> None:
    account.deploy(template(60), MailFrom="a@b.example")
    account.down = True
    with pytest.raises(DeploymentStopped, match="got 500, not 200"):
        account.deploy(template(120))
    account.down = False

    roll_back(account.deployer())

    assert account.retention() == 60


def test_a_rollback_restores_template_and_parameters_of_the_deployment_before(account: Account) -> None:
    account.deploy(template(60), MailFrom="a@b.example")
    account.deploy(template(120, Extra={"Type": "String", "Default": "x"}), MailFrom="c@d.example")

    roll_back(account.deployer())

    assert account.parameters() == {"MailFrom": "a@b.example", "Protection": "on", "DefaultEndpoint": "on"}
    assert account.retention() == 60


def test_a_second_rollback_returns(account: Account) -> None:
    for retention in (60, 120):
        account.deploy(template(retention), MailFrom="a@b.example")
    for _ in range(2):
        roll_back(account.deployer())
    assert account.retention() == 120


def test_a_failed_creation_tells_so_and_can_be_repeated(account: Account) -> None:
    account.formation.fails = "no permission"
    with pytest.raises(DeploymentStopped, match=r"(?s)ROLLBACK_COMPLETE.*no permission"):
        account.deploy(template(60), MailFrom="a@b.example")
    assert account.deployer().history.read() == []
    account.formation.fails = ""

    account.deploy(template(60), MailFrom="a@b.example")

    assert "delete_stack" in account.formation.calls
    assert account.parameters()["Protection"] == "on"


def test_a_failed_change_tells_the_reasons_and_is_no_deployment(account: Account) -> None:
    account.deploy(template(60), MailFrom="a@b.example")
    account.formation.fails = "quota reached"
    with pytest.raises(DeploymentStopped, match=r"(?s)UPDATE_ROLLBACK_COMPLETE.*Queue: quota reached"):
        account.deploy(template(120))
    assert len(account.deployer().history.read()) == 1


def test_the_same_package_again_changes_nothing(account: Account) -> None:
    for _ in range(2):
        account.deploy(template(60), MailFrom="a@b.example")
    assert "Nothing changes in the stack." in account.operator.told


@pytest.mark.parametrize("status", ["UPDATE_IN_PROGRESS", "ROLLBACK_FAILED", "DELETE_FAILED"])
def test_a_stack_that_works_or_is_broken_is_not_deployed_to(account: Account, status: str) -> None:
    account.deploy(template(60), MailFrom="a@b.example")
    account.formation.stacks[NAME]["StackStatus"] = status
    with pytest.raises(DeploymentStopped, match=f"is {status}"):
        account.deploy(template(120))


@pytest.mark.parametrize(
    ("status", "call"),
    [
        ("UPDATE_IN_PROGRESS", "cancel_update_stack"),
        ("UPDATE_ROLLBACK_FAILED", "continue_update_rollback"),
        ("UPDATE_FAILED", "rollback_stack"),
    ],
)
def test_a_stuck_change_is_taken_back(account: Account, status: str, call: str) -> None:
    account.deploy(template(60), MailFrom="a@b.example")
    account.formation.stacks[NAME]["StackStatus"] = status

    roll_back(account.deployer())

    assert call in account.formation.calls
    assert account.operator.told[-2] == "redress is UPDATE_ROLLBACK_COMPLETE"


def test_the_first_deployment_has_nothing_to_go_back_to(account: Account) -> None:
    account.deploy(template(60), MailFrom="a@b.example")
    with pytest.raises(DeploymentStopped, match="no earlier deployment"):
        roll_back(account.deployer())


def test_a_change_that_was_taken_back_leaves_nothing_to_roll_back(account: Account) -> None:
    for retention in (60, 120):
        account.deploy(template(retention), MailFrom="a@b.example")
    account.formation.fails = "quota reached"
    with pytest.raises(DeploymentStopped, match="UPDATE_ROLLBACK_COMPLETE"):
        account.deploy(template(180))

    with pytest.raises(DeploymentStopped, match="the version before it runs"):
        roll_back(account.deployer())

    assert account.retention() == 120


def test_no_stack_cannot_be_rolled_back(account: Account) -> None:
    with pytest.raises(DeploymentStopped, match="there is no stack"):
        roll_back(account.deployer())


def test_the_history_is_bounded(account: Account) -> None:
    history = account.deployer().history
    for number in range(MOST + 5):
        history.add(Deployment(str(number), "key", {}))
    assert [each.at for each in history.read()] == [str(number) for number in range(5, MOST + 5)]


def test_archives_are_sent_once_by_their_content(account: Account) -> None:
    wanted = template(60)
    wanted["Resources"]["Api"] = {"Type": "AWS::Serverless::Function", "Properties": {"CodeUri": "./deployment.zip"}}
    (account.folder / "deployment.zip").write_bytes(b"code")
    (account.folder / "sam.json").write_text(json.dumps(wanted), "utf-8")

    first, again = (upload(account.s3, BUCKET, NAME, account.folder) for _ in range(2))
    (account.folder / "deployment.zip").write_bytes(b"other code")
    other = upload(account.s3, BUCKET, NAME, account.folder)

    code = first.template["Resources"]["Api"]["Properties"]["CodeUri"]
    assert account.s3.get_object(**code)["Body"].read() == b"code"
    assert (first.key, first.url) == (again.key, again.url)
    assert other.key != first.key
    assert first.url.startswith("https://code.s3.eu-central-1.amazonaws.com/redress/template-")


CHANGES = [
    StackChange("Modify", "Table", "AWS::DynamoDB::Table", "True"),
    StackChange("Modify", "Wake", "AWS::Lambda::Function", "False"),
    StackChange("Remove", "Key", "AWS::KMS::Key", "False"),
    StackChange("Modify", "UserPool", "AWS::Cognito::UserPool", "Conditional"),
    StackChange("Modify", "EvidenceBucket", "AWS::S3::Bucket", "False"),
    StackChange("Modify", "ApiDomain", "AWS::ApiGateway::DomainName", "True"),
]


def test_changes_that_part_the_deployment_from_its_data_are_found() -> None:
    assert parting(CHANGES) == ["Key", "Table", "UserPool"]


def test_replacements_are_shown() -> None:
    assert "Modify   Table (AWS::DynamoDB::Table) - REPLACED" in shown(CHANGES)
    assert "Modify   Wake (AWS::Lambda::Function)" in shown(CHANGES)
