"""Numbers and signs that no upload has are refused in words, before anything is counted or sent with them."""

from __future__ import annotations

import tracemalloc

import pytest

from chalicelib.features.evidence import file_limits
from tests.clauses.giving import declared
from tests.clauses.offices.company import company_in
from tests.clauses.organisation import Organisation
from tests.clauses.world import InProcess
from tests.kernel.web.untouched import refused

DIGESTS = ["0" * 64, "1" * 64]


@pytest.fixture
def company() -> Organisation:
    return company_in(InProcess("2026-11-27T09:00:00+08:00"))


@pytest.fixture
def number(company: Organisation) -> str:
    return company.file()


def test_a_size_that_no_file_has_takes_no_memory(company: Organisation, number: str) -> None:
    """10^14 bytes are six million parts. The largest number of a request would be a list of several gigabytes."""
    tracemalloc.start()
    answer = declared(company, number, "document", size=10**14)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    refused(answer, 422, "invalid", "/parts", "/size")
    assert most < 20 * file_limits.MIB


@pytest.mark.parametrize("etag", ["\x00", "\x01", "a\r\nb", "\ufffe", "文", "a b", 'a"b', '"', "x" * 101])
def test_an_etag_that_no_part_has_is_refused(company: Organisation, number: str, etag: str) -> None:
    """XML has no such signs, and the bucket is asked in XML."""
    given = {"media_type": "video/mp4", "size": file_limits.PART + 1, "parts": DIGESTS}
    file = declared(company, number, "video", **given).json["id"]
    parts = [{"number": place, "etag": etag, "sha256": digest} for place, digest in enumerate(DIGESTS, 1)]
    answer = company.world.call(
        "POST",
        f"{company.path}/complaints/{number}/evidence/{file}/complete",
        {"parts": parts},
        auth=company.auth("complainant", number),
    )
    refused(answer, 422, "invalid", "/parts/0/etag", "/parts/1/etag")
