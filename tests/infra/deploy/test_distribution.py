"""Files of the pages reach the bucket before the pages that name them, and the caches forget their content."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import boto3
import pytest
from botocore.stub import ANY, Stubber
from moto import mock_aws

from chalicelib.web.pages import assets
from infra.deploy.deployment import Deployer
from infra.deploy.distribution import FOLDER, UNAVAILABLE, Distribution, files_in
from infra.deploy.history import DeploymentHistory
from infra.deploy.operator import DeploymentStopped
from infra.deploy.rollback import roll_back
from infra.deploy.smoke import EXPECTED, SmokeAnswer
from infra.deploy.stack import DeployedStack
from infra.deploy.upload import upload
from infra.local.resources.template import load
from tests.infra.deploy.formation import Formation, reader
from tests.infra.deploy.test_changes import Ticking, Typing
from tests.kernel.web.pages import document

BUCKET, PAGES, NAME, REGION = "code", "pages", "redress", "eu-central-1"
TARGET = "d111.cloudfront.test"
WITH = {"PagesBucketName": PAGES, "DistributionId": "E1", "DistributionTarget": TARGET}
OLD, NEW = b"body { color: black }", b"body { color: navy }"


def archive(**files: bytes) -> bytes:
    """A code archive, with style sheets in a folder of their own. Names with `_` for `.`."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as opened:
        for name, content in files.items():
            opened.writestr(f"{FOLDER}/{'styles/' if name.endswith('_css') else ''}{name.replace('_', '.')}", content)
        opened.writestr("app.py", "")
        opened.writestr(f"{FOLDER}/notes.md", "")
    return written.getvalue()


def path(content: bytes) -> str:
    return assets.assets({"pages.css": content.decode()})["pages.css"].path


class Account:
    """The files that the bucket of the pages has when each stack is changed are kept in `there`."""

    def __init__(self, s3: Any, folder: Path) -> None:
        self.s3, self.folder = s3, folder
        self.cloudfront = boto3.client("cloudfront", region_name=REGION)
        self.forgets = Stubber(self.cloudfront)
        self.forgets.activate()
        self.there: list[set[str]] = []
        self.refused: set[str] = set()
        self.now = Ticking()
        read = reader(s3, BUCKET)
        self.formation = Formation(lambda url: self._noting(read(url)))
        self.operator = Typing()

    def deployer(self) -> Deployer:
        stack = DeployedStack(self.formation, NAME, pause=lambda _: None)
        history = DeploymentHistory(self.s3, BUCKET, f"{NAME}/deployments.json")
        distribution = Distribution(self.s3, self.cloudfront)
        return Deployer(stack, history, self.operator, self._fetch, distribution, self.now)

    def deploy(self, style: bytes, outputs: Mapping[str, str]) -> None:
        (self.folder / "deployment.zip").write_bytes(archive(pages_css=style))
        (self.folder / "sam.json").write_text(json.dumps(template(outputs)), "utf-8")
        uploaded = upload(self.s3, BUCKET, NAME, self.folder)
        self.expect_invalidation(outputs)
        self.deployer().deploy(uploaded.key, uploaded.url, uploaded.template, {})

    def expect_invalidation(self, outputs: Mapping[str, str]) -> None:
        batch = {"Paths": {"Quantity": 1, "Items": ["/*"]}, "CallerReference": ANY}
        if outputs:
            self.forgets.add_response("create_invalidation", {}, {"DistributionId": "E1", "InvalidationBatch": batch})

    def files(self) -> dict[str, Any]:
        listed = self.s3.list_objects_v2(Bucket=PAGES).get("Contents", [])
        return {"/" + one["Key"]: self.s3.get_object(Bucket=PAGES, Key=one["Key"]) for one in listed}

    def _noting(self, read: dict[str, Any]) -> dict[str, Any]:
        self.there.append(set(self.files()))
        return read

    def _fetch(self, method: str, url: str) -> SmokeAnswer:
        statuses = {(each.method, f"https://api.test/api/{each.path}"): each.status for each in EXPECTED}
        files = {("GET", f"https://{TARGET}{name}"): 200 for name in self.files().keys() - self.refused}
        return SmokeAnswer((statuses | files).get((method, url), 403), b"{}")


def template(outputs: Mapping[str, str]) -> dict[str, Any]:
    return {
        "Parameters": {"DomainName": {"Type": "String", "Default": "complaints.shop.example"}},
        "Resources": {"APIHandler": {"Type": "AWS::Serverless::Function", "Properties": {"CodeUri": "deployment.zip"}}},
        "Outputs": {
            name: {"Value": value} for name, value in {"EndpointURL": "https://api.test/api/", **outputs}.items()
        },
    }


@pytest.fixture
def account(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Account]:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "testing")
    with mock_aws():
        s3 = boto3.client("s3", region_name=REGION)
        for bucket in (BUCKET, PAGES):
            s3.create_bucket(Bucket=bucket, CreateBucketConfiguration={"LocationConstraint": REGION})
        yield Account(s3, tmp_path)


def test_without_a_distribution_nothing_is_sent(account: Account) -> None:
    account.deploy(OLD, {})
    assert account.files() == {}


def test_a_new_bucket_gets_its_files_and_the_operator_the_name_for_dns(account: Account) -> None:
    account.deploy(OLD, WITH)
    found = account.files()[path(OLD)]
    assert found["Body"].read() == OLD
    assert (found["ContentType"], found["CacheControl"]) == ("text/css; charset=utf-8", assets.FOR_EVER)
    assert f"A DNS alias of complaints.shop.example must lead to {TARGET}" in account.operator.told
    account.forgets.assert_no_pending_responses()


def test_the_page_for_an_api_that_is_not_reached_has_the_style_and_both_languages(account: Account) -> None:
    account.deploy(OLD, WITH)
    found = account.files()[UNAVAILABLE]
    page = document.read(found["Body"].read().decode())
    assert (found["ContentType"], found["CacheControl"]) == ("text/html; charset=utf-8", "public, max-age=60")
    assert [given["href"] for tag, given in page.tags if given.get("rel") == "stylesheet"] == [path(OLD)]
    assert page.headings == ["投诉服务暂时无法打开", "The complaints service cannot be reached"]


def test_files_are_there_before_the_pages_that_name_them_and_the_old_ones_stay(account: Account) -> None:
    account.deploy(OLD, WITH)
    account.deploy(NEW, WITH)
    assert account.there[-1] == {path(OLD), path(NEW), UNAVAILABLE}
    account.forgets.assert_no_pending_responses()


def test_a_rollback_sends_the_files_of_the_version_that_it_goes_back_to(account: Account) -> None:
    account.deploy(OLD, WITH)
    account.deploy(NEW, WITH)
    account.s3.delete_object(Bucket=PAGES, Key=path(OLD).removeprefix("/"))
    account.expect_invalidation(WITH)

    roll_back(account.deployer())

    assert path(OLD) in account.there[-1]
    account.forgets.assert_no_pending_responses()


def test_a_distribution_that_does_not_serve_a_file_is_told(account: Account) -> None:
    account.refused = {path(OLD)}
    with pytest.raises(DeploymentStopped, match=rf"at {TARGET}(?s:.*)GET {path(OLD)} got 403, not 200"):
        account.deploy(OLD, WITH)


def test_the_files_are_those_of_the_pages_under_the_names_that_pages_use() -> None:
    folder = Path(assets.__file__).parent / "static"
    files = [one for one in folder.rglob("*") if one.is_file()]
    packed = archive(**{one.relative_to(folder).as_posix().replace(".", "_"): one.read_bytes() for one in files})
    found = {each.path: each for each in files_in(packed)}
    assert found.keys() == {assets.path(one.name) for one in files}
    for name, each in found.items():
        assert assets.find(name.removeprefix("/static/")) == (each.content, each.media_type)


def test_the_template_has_the_outputs_that_a_deployment_reads() -> None:
    outputs = load()["Outputs"]
    assert {outputs[name]["Condition"] for name in WITH} == {"HasDistribution"}
