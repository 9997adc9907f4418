"""The process that reads the PDFs of other tests answers as a process of its own does."""

from __future__ import annotations

import io
import sys
import tempfile
from collections.abc import Callable

import pytest

from chalicelib.features.evidence.check.pdf import other_process
from tests.evidence.hostile.test_pdf_bombs import BOMB
from tests.helpers.fakes.pdfs import pdf, stream
from tests.helpers.fakes.warm_reader import WarmReader

DOCUMENTS = {
    "harmless": pdf(),
    "a script": pdf(b"<</S/JavaScript/JS(1)>>"),
    "an object without an end": pdf(b"<</A (no end"),
    "a stream that inflates beyond the limit": pdf(stream(BOMB, b"/Filter/FlateDecode")),
}


def answer(run: Callable[..., int], content: bytes) -> tuple[int, bool]:
    """The exit code, and whether there is a copy."""
    with tempfile.TemporaryFile() as file, tempfile.TemporaryFile() as copy:
        file.write(content)
        file.flush()
        file.seek(0)
        code = run([sys.executable, "-m", other_process.PROGRAM, str(len(content))], file, copy)
        return code, copy.seek(0, io.SEEK_END) > 0


@pytest.mark.parametrize("what", DOCUMENTS)
def test_a_child_answers_as_a_process_of_its_own(reader: WarmReader, what: str) -> None:
    content = DOCUMENTS[what]

    assert answer(reader.run, content) == answer(other_process._run, content)
