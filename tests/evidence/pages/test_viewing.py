"""Files on pages of their own: viewed and downloaded by the complainant, and by the person of a demand."""

from __future__ import annotations

import pytest

from tests.clauses.organisation import Organisation
from tests.evidence.pages.test_desk_files import BUCKET, policy
from tests.evidence.pages.test_files import begun
from tests.helpers.fakes import pdfs
from tests.helpers.fakes.files import EICAR, PDF, image
from tests.kernel.web.pages.browser import Browser
from tests.kernel.web.pages.filing import filed


def given_file(hall: Organisation, browser: Browser, number: str, content: bytes, name: str = "凭证") -> str:
    """The path of the page of a file that the complainant has sent."""
    fields = begun(browser)
    browser.world.upload_named({"fields": fields}, content, name)
    path = f"/t/{hall.id}/case/{number}"
    browser.open(path)
    return f"{path}/files/{fields['key'].rpartition('/')[2]}"


def sources(browser: Browser, tag: str) -> list[str]:
    return [given["src"] for name, given in browser.page.tags if name == tag]


def test_the_complainant_views_an_image_in_its_copy_without_metadata(
    hall: Organisation, browser: Browser, number: str
) -> None:
    given_file(hall, browser, number, image(), "现场照片.jpg")
    browser.follow("现场照片.jpg")
    [shown] = sources(browser, "img")
    assert shown.startswith(f"{BUCKET}/")
    assert "/shown" in shown
    assert (policy(browser)["img-src"], "frame-src" in policy(browser)) == (f"'self' data: {BUCKET}", False)


def test_the_complainant_views_a_pdf_in_a_frame(hall: Organisation, browser: Browser, number: str) -> None:
    given_file(hall, browser, number, pdfs.pdf(), "凭证.pdf")
    browser.follow("凭证.pdf")
    [shown] = sources(browser, "iframe")
    assert shown.startswith(f"{BUCKET}/")
    assert (policy(browser)["img-src"], policy(browser)["frame-src"]) == ("'self' data:", BUCKET)


def test_a_file_that_no_page_shows_is_downloaded(hall: Organisation, browser: Browser, number: str) -> None:
    given_file(hall, browser, number, "您好".encode(), "说明.txt")
    browser.follow("说明.txt")
    assert sources(browser, "iframe") == []
    browser.follow("下载原件")
    assert browser.world.fakes.objects.links[-1][1] == "说明.txt"


def test_each_view_is_in_the_read_log(hall: Organisation, browser: Browser, number: str) -> None:
    path = given_file(hall, browser, number, image())
    browser.open(f"{path}/view")
    [read] = hall.get(f"/complaints/{number}/reads", "owner")["reads"]
    assert (read["by"], read["evidence"]) == ("complainant", path.rpartition("/")[2])


@pytest.mark.parametrize("page", ["view", "copy"])
def test_a_refused_file_is_not_opened(hall: Organisation, browser: Browser, number: str, page: str) -> None:
    path = given_file(hall, browser, number, EICAR)
    browser.open(f"{path}/{page}")
    assert browser.answer.status == 404


@pytest.mark.parametrize("page", ["view", "copy"])
def test_another_complainant_does_not_open_the_file(
    hall: Organisation, browser: Browser, number: str, page: str
) -> None:
    path = given_file(hall, browser, number, PDF)
    stranger = Browser(browser.world)
    own, _ = filed(stranger, hall)
    stranger.submit()
    stranger.open(f"/t/{hall.id}/case/{own}/files/{path.rpartition('/')[2]}/{page}")
    assert stranger.answer.status == 404


@pytest.mark.parametrize("page", ["view", "copy"])
def test_without_a_session_the_page_of_the_complaint_asks_for_the_receipt(
    hall: Organisation, browser: Browser, number: str, page: str
) -> None:
    path = given_file(hall, browser, number, PDF)
    stranger = Browser(browser.world)
    stranger.open(f"{path}/{page}")
    assert stranger.path == f"/t/{hall.id}/case/{number}"
    assert BUCKET not in stranger.answer.text


@pytest.mark.parametrize(
    ("kind", "offered", "not_offered"),
    [("photo", "JPG", "MP3"), ("recording", "MP3", "PDF"), ("video", "MP4", "PDF"), ("document", "PDF", "MP3")],
)
def test_the_plain_form_lists_only_types_that_make_sense_for_the_kind(
    browser: Browser, number: str, kind: str, offered: str, not_offered: str
) -> None:
    begun(browser, kind)
    hint = next(text for text in browser.page.texts if "格式：" in text)
    assert offered in hint
    assert not_offered not in hint
