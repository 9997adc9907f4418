"""The page of a complaint that was erased says so, and shows nothing of it."""

from __future__ import annotations

import pytest

from tests.clauses.organisation import Organisation
from tests.filing.test_who_reads import pages
from tests.kernel.web.pages.browser import Browser
from tests.kernel.web.untouched import in_process
from tests.retention.office import NAME, PHONE, TEXT, bureau, filed, gone, later, publish, refused

__all__ = ["bureau", "gone"]


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("zh", "保存期限已满。本投诉的非公开内容已于 2026年9月22日"),
        ("en", "Its private details and texts were erased on Tue 22 Sep 2026"),
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


@pytest.mark.parametrize(
    ("closed", "said"), [("20 calendar days", "投诉结束满20个自然日后，您填写的非公开内容会被删除"), (None, "")]
)
def test_who_files_reads_how_long_it_is_kept(bureau: Organisation, closed: str | None, said: str) -> None:
    publish(bureau, closed)
    in_process(bureau).jump_to("2026-11-27T09:00:00+08:00")

    told = [text for text in pages(Browser(in_process(bureau)), bureau) if "会被删除" in text]

    assert [said in text for text in told] == ([True] if said else [])


@pytest.mark.parametrize(
    ("language", "left"), [("zh", "查看删除后保留的内容"), ("en", "What is left after the erasure")]
)
def test_the_page_calls_what_was_filed_what_is_left(bureau: Organisation, gone: str, language: str, left: str) -> None:
    browser = Browser(in_process(bureau), language)
    browser.open(f"/t/{bureau.id}/case")
    page = browser.submit(number=gone, receipt=bureau.filed[gone].receipt)

    assert left in page.text
    assert not {"查看全部内容", "Show everything"} & set(page.text.splitlines())


def test_the_page_of_a_copy_does_not_speak_of_personal_data_any_more(bureau: Organisation, gone: str) -> None:
    before, after = (copy_page(bureau, number) for number in (filed(bureau), gone))

    assert ("副本中有您的个人信息" in before, "副本中有您的个人信息" in after) == (True, False)


def copy_page(bureau: Organisation, number: str) -> str:
    browser = Browser(in_process(bureau), "zh")
    browser.open(f"/t/{bureau.id}/case")
    browser.submit(number=number, receipt=bureau.filed[number].receipt)
    return browser.open(f"/t/{bureau.id}/case/{number}/copy").text
