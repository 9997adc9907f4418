"""Earlier revisions of a PDF. Readers show them on request, or when they repair the file, so each is searched."""

from __future__ import annotations

import io

import pikepdf
import pytest

from tests.evidence.hostile.checks import passes, refused
from tests.evidence.hostile.test_pdf_attacks import OPENS, TYPE, URI, clicked
from tests.helpers.fakes.pdfs import pdf

pytestmark = pytest.mark.usefixtures("read_by_children")


def revised(older: bytes, number: int) -> bytes:
    """The document, with object `number` replaced by nothing in a second revision."""
    update = b"%d 0 obj\nnull\nendobj\n" % number
    table = b"xref\n%d 1\n%010d 00000 n \ntrailer\n<</Size 6/Root 1 0 R/Prev %d>>\n" % (
        number,
        len(older),
        older.rindex(b"xref\n0"),
    )
    return older + update + table + b"startxref\n%d\n%%%%EOF\n" % (len(older) + len(update))


@pytest.mark.parametrize("action", [URI, b"<</S/Surprise>>"])
def test_an_action_of_an_earlier_revision_is_refused(action: bytes) -> None:
    """A reader shows the revision that was signed, if a person asks for it."""
    older = pdf(action, catalog=OPENS.replace(b"6 0", b"5 0"))

    assert refused(revised(older, 5), TYPE) == "action"


def test_a_document_with_an_honest_revision_passes() -> None:
    assert passes(revised(pdf(URI, **clicked(b"5 0 R")), 5), TYPE)


def test_a_linearized_document_passes() -> None:
    """The end of its first part is no revision."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf(URI, **clicked(b"5 0 R")))) as document:
        document.save(out, linearize=True)

    assert out.getvalue().count(b"%%EOF") == 2
    assert passes(out.getvalue(), TYPE)


def test_too_many_revisions_are_refused() -> None:
    assert refused(pdf() + b"%%EOF\n" * 101, TYPE) == "bomb"


def test_a_revision_that_is_superseded_is_searched_too() -> None:
    """A reader that repairs the file may take the older object."""
    assert refused(revised(pdf(b"<</S/Jav#61Script/#4AS(1)>>"), 5), TYPE) == "active-content"
