"""The page of a complaint that was erased says so, and shows nothing of it."""

from __future__ import annotations

import pytest

from tests.clauses.organisation import Organisation
from tests.kernel.web.pages.browser import Browser
from tests.kernel.web.untouched import in_process
from tests.retention.office import NAME, PHONE, TEXT, bureau, later, refused

__all__ = ["bureau"]


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("zh", "保存期限已满。本投诉的非公开内容和文件已于 2026年9月22日"),
        ("en", "Its private texts and files were erased on Tue 22 Sep 2026"),
    ],
)
def test_the_complainant_reads_what_happened(bureau: Organisation, language: str, said: str) -> None:
    number = refused(bureau)
    later(bureau, "2026-09-22T09:00:00+08:00")
    browser = Browser(in_process(bureau), language)
    browser.open(f"/t/{bureau.id}/case")

    page = browser.submit(number=number, receipt=bureau.filed[number].receipt)

    assert said in page.text
    assert not any(text in browser.answer.text for text in (NAME, PHONE, TEXT))
