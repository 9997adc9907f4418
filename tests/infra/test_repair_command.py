"""`make repair`: an operator starts a repair, and sees its progress, what differed and what cannot be repaired."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from botocore.session import Session
from moto import mock_aws
from msgspec.structs import replace

from chalicelib.access import binding
from chalicelib.access.binding import OwnCredentials
from chalicelib.jobs import job as jobs
from chalicelib.store import keys
from chalicelib.store.dynamo import DynamoStore
from chalicelib.store.port import Put
from chalicelib.tenants import organisation
from infra import repair_orders
from infra.commands import repair
from infra.engines.table import create_table
from infra.local.__main__ import STACK_FILE
from tests.clauses.local_stack import LocalStack
from tests.clauses.organisation import Organisation, sign_up
from tests.repair.repairing import JOB_KIND, Office

FIRST = "202611-000001"
REGION = "eu-central-1"


@pytest.fixture
def at_stack(stack: LocalStack, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    STACK_FILE.parent.mkdir()
    STACK_FILE.write_text(json.dumps({"url": stack.url}))


@pytest.fixture(scope="module")
def shop(stack: LocalStack) -> Organisation:
    made = sign_up(stack, "corporate-standard")
    made.file()
    return made


@pytest.fixture
def office() -> Office:
    return Office("property-management")


def ran(capsys: pytest.CaptureFixture[str], office: Office | None = None, **environment: str) -> tuple[int, str, str]:
    """`office`: the deployment has only this one, whose jobs go on whenever the command looks."""

    def ask(asked: dict[str, Any]) -> dict[str, Any]:
        assert office is not None
        if "job" in asked:
            office.run(asked["job"], most=1)
        return repair_orders.answer(office.fakes.store, office.fakes.clock, asked)

    code = repair.main(environment, pause=lambda _: None, deployment=office and (lambda _: ask))
    return code, *capsys.readouterr()


def remove(office: Office, *names: str) -> None:
    office.remove([key for name in names for key in office.items(name)])


def test_a_repair_shows_its_progress_and_what_it_wrote(office: Office, capsys: pytest.CaptureFixture[str]) -> None:
    remove(office, "unit", "look-up scored")

    code, told, _ = ran(capsys, office, ORGANISATION=office.id, STACK="redress")

    lines = told.splitlines()
    assert (code, lines[-3:]) == (
        0,
        [
            "property-management: 2 items were written again",
            "  U#north: unit: missing",
            "  U#north: scored: missing",
        ],
    )
    assert [line for line in lines if "running, 8 of 8" in line]
    assert [line for line in lines if "statistics-rebuild-repair" in line and "done" in line]


def test_a_check_fails_if_something_differs(office: Office, capsys: pytest.CaptureFixture[str]) -> None:
    remove(office, "unit")

    code, told, _ = ran(capsys, office, ORGANISATION=office.id, STACK="redress", CHECK="1")

    assert (code, told.splitlines()[-2:]) == (
        1,
        ["property-management: 1 items differ", "  U#north: unit: missing"],
    )
    assert office.items("unit") == {}


def test_what_cannot_be_repaired_is_named_and_fails(office: Office, capsys: pytest.CaptureFixture[str]) -> None:
    office.remove([keys.event(keys.complaint(office.id, FIRST), 4)])

    code, told, _ = ran(capsys, office, ORGANISATION=office.id, STACK="redress")

    assert (code, told.splitlines()[-2:]) == (
        1,
        [
            "property-management: 1 records cannot be repaired",
            f"  {FIRST}: events: event 4 is missing or does not verify",
        ],
    )


def test_all_means_each_organisation_with_an_hourly_job(office: Office, capsys: pytest.CaptureFixture[str]) -> None:
    code, told, _ = ran(capsys, office, ORGANISATION="all", STACK="redress", CHECK="1")

    assert (code, told.splitlines()[-1]) == (0, "property-management: 0 items differ")


def test_a_check_does_not_pass_for_the_repair_that_runs(office: Office, capsys: pytest.CaptureFixture[str]) -> None:
    office.start()

    code, _, told = ran(capsys, office, ORGANISATION=office.id, STACK="redress", CHECK="1")

    assert (code, told) == (1, "Stopped: another repair of property-management is running: try again later\n")


@pytest.mark.nightly  # each step waits for the stack's next minute: two minutes together
@pytest.mark.usefixtures("at_stack")
def test_an_organisation_of_the_local_stack_is_repaired(shop: Organisation, capsys: pytest.CaptureFixture[str]) -> None:
    code, told, _ = ran(capsys, ORGANISATION=shop.id)

    assert (code, told.splitlines()[-1]) == (0, f"{shop.id}: 0 items were written again")


@pytest.mark.usefixtures("at_stack")
def test_an_unknown_organisation_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    code, _, told = ran(capsys, ORGANISATION="nobody")

    assert (code, "There is no such organisation." in told) == (1, True)


def test_without_an_organisation_it_shows_the_usage(capsys: pytest.CaptureFixture[str]) -> None:
    code, _, told = ran(capsys)

    assert (code, told.startswith("usage: make repair ORGANISATION=id")) == (2, True)


@pytest.mark.slow
def test_it_reads_and_writes_the_job_in_the_table_of_the_stack(
    deployed: DynamoStore, capsys: pytest.CaptureFixture[str]
) -> None:
    code = repair.main({"ORGANISATION": "shop", "STACK": "redress"}, pause=lambda _: end_job(deployed))

    assert (code, capsys.readouterr().out.splitlines()) == (
        0,
        ["shop: repair: queued, 0 of ?", "shop: repair: done, 0 of ?", "shop: 0 items were written again"],
    )


def test_a_stack_that_is_not_there_is_refused(deployed: DynamoStore, capsys: pytest.CaptureFixture[str]) -> None:
    code = repair.main({"ORGANISATION": "shop", "STACK": "other"})

    assert (code, capsys.readouterr().err) == (1, f"Stopped: there is no deployment other in {REGION}\n")


@pytest.fixture
def deployed(monkeypatch: pytest.MonkeyPatch) -> Iterator[DynamoStore]:
    """A stack with a table, in which one organisation has its snapshot."""
    for name, value in (("ACCESS_KEY_ID", "testing"), ("SECRET_ACCESS_KEY", "testing"), ("DEFAULT_REGION", REGION)):
        monkeypatch.setenv(f"AWS_{name}", value)
    session = Session()
    with mock_aws():
        create_table(session.create_client("dynamodb", REGION), "redress-table")
        template = {
            "Resources": {"Topic": {"Type": "AWS::SNS::Topic"}},
            "Outputs": {"TableName": {"Value": "redress-table"}},
        }
        formation = session.create_client("cloudformation", REGION)
        formation.create_stack(StackName="redress", TemplateBody=json.dumps(template))
        store = DynamoStore("redress-table", region=REGION, provider=OwnCredentials(session), session=session)
        with binding.tenant("shop"):
            made = organisation.Organisation(
                id="shop", name="店", plan="starter", language="zh", created=0, founder="x", seq=1
            )
            store.commit([Put(organisation.entry_of(made))])
        yield store


def end_job(store: DynamoStore) -> None:
    with binding.tenant("shop"):
        stored = jobs.read(store, "shop", JOB_KIND)
        assert stored is not None
        store.commit([jobs.change("shop", stored, replace(stored.job, state="done", ended=1))])
