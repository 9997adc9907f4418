"""The command tells what it lacks, and exits with 1."""

from __future__ import annotations

import io

import pytest

from infra.deploy.__main__ import answers_given, main
from infra.deploy.operator import Terminal
from infra.deploy.stack import StackState


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("AWS_DEFAULT_REGION", "AWS_REGION", "AWS_PROFILE", "PARAMETERS", "YES", "PART"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_CONFIG_FILE", "/nonexistent")


@pytest.mark.parametrize(("stack", "bucket"), [("", "code"), ("redress", "")])
def test_stack_and_bucket_must_be_named(stack: str, bucket: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["preflight", stack, bucket]) == 1
    assert capsys.readouterr().err == "Stopped: name the stack and the bucket: STACK=redress BUCKET=my-code-bucket\n"


def test_a_region_is_needed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rollback", "redress", "code"]) == 1
    assert capsys.readouterr().err == "Stopped: no region: set AWS_DEFAULT_REGION\n"


@pytest.mark.parametrize(
    ("status", "kept"), [("ROLLBACK_COMPLETE", {}), ("UPDATE_ROLLBACK_COMPLETE", {"MailFrom": "a@b.example"})]
)
def test_a_failed_creation_keeps_no_parameter(status: str, kept: dict[str, str]) -> None:
    assert StackState(status, {"MailFrom": "a@b.example"}, {}).kept_parameters == kept


@pytest.mark.parametrize(
    ("given", "answer", "confirmed"),
    [
        ("YES", "yes", True),
        ("YES", "part redress", False),
        ("PART", "part redress", True),
        ("PART", "part other", False),
    ],
)
def test_a_pipeline_confirms_the_loss_of_data_by_the_name_of_the_stack(
    given: str, answer: str, confirmed: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    terminal = Terminal(answers_given({given: {"YES": "1", "PART": "redress"}[given]}))
    assert terminal.confirms("?", answer) is confirmed


def test_a_wrong_parameter_stops_before_any_call(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-central-1")
    monkeypatch.setenv("PARAMETERS", "MailFrom=a@b.example Address")
    assert main(["deploy", "redress", "code", "build/package"]) == 1
    assert capsys.readouterr().err == "Stopped: PARAMETERS holds words without '=': Address\n"
