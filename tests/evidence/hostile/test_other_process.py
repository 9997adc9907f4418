"""The process that reads PDFs has no credentials, and its failure is no verdict on the file."""

from __future__ import annotations

import signal
import tempfile

import pytest

from chalicelib.features.evidence.check.pdf import other_process
from chalicelib.features.evidence.check.pdf.outcome import ReaderFailed
from chalicelib.features.evidence.refusal import Refusal
from tests.evidence.hostile.checks import passes
from tests.helpers.fakes.archives import archive
from tests.helpers.fakes.pdfs import pdf


def test_the_process_gets_no_credentials(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_CONTAINER_CREDENTIALS_FULL_URI", "REDRESS_TABLE"):
        monkeypatch.setenv(name, "secret")
    monkeypatch.setenv("LD_LIBRARY_PATH", "/var/lang/lib")

    assert set(other_process.environment()) == {"PYTHONPATH", "PYTHONDONTWRITEBYTECODE", "LD_LIBRARY_PATH"}


@pytest.mark.parametrize(
    ("content", "media_type"), [(pdf(), "application/pdf"), (archive(("a.pdf", pdf())), "application/zip")]
)
def test_a_process_that_does_not_start_is_an_error_and_no_refusal(
    content: bytes, media_type: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(other_process, "PROGRAM", "chalicelib.features.evidence.check.pdf.nothing")

    with pytest.raises(ReaderFailed):
        passes(content, media_type)


def test_an_interpreter_that_is_missing_is_an_error_and_no_refusal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.executable", "/nowhere/python")

    with pytest.raises(ReaderFailed, match=r"^the process that reads PDFs did not start$"):
        passes(pdf(), "application/pdf")


@pytest.mark.parametrize(
    ("number", "reason"),
    [(signal.SIGXCPU, "bomb"), (signal.SIGKILL, "bomb"), (signal.SIGSEGV, "not-scannable")],
    ids=["out of time", "out of memory", "a fault of the parser"],
)
def test_a_signal_that_ends_the_process_refuses_the_document(
    number: int, reason: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(other_process, "PROGRAM", "tests.evidence.hostile.dying")

    with tempfile.TemporaryFile() as document, pytest.raises(Refusal) as refusal:
        other_process.check(document, number)

    assert refusal.value.reason == reason
