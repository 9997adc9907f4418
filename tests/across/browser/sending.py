"""A complainant who adds files with the module of the page, in a real browser."""

from __future__ import annotations

import io
from functools import cache
from typing import Any

from PIL import Image
from playwright.sync_api import Browser, Page

from tests.across.browser.reader import Reader
from tests.clauses.local_stack import LocalStack
from tests.clauses.organisation import Organisation

STATE = "#sending li:nth-child({}) span"
TO_FILES = "a.button.second[href*='/files']"
"""The link of the complaint's page to its files."""
SEALED = "已检查并封存", "Checked and sealed"
"""The state of a file whose check has ended, in Chinese and English."""
_POLICY = "fetch(location.href).then(one => one.headers.get('content-security-policy'))"


def allow_bucket(reader: Reader) -> None:
    """The open page may send files to the bucket that its security policy names."""
    policy = reader.page.evaluate(_POLICY)
    reader.buckets.append(policy.partition("connect-src 'self' ")[2].partition(";")[0])


def at_case(chromium: Browser, office: Organisation, number: str, **view: Any) -> Reader:
    """A reader on the page of a complaint, which they opened with its receipt."""
    assert isinstance(office.world, LocalStack)
    chosen: dict[str, Any] = {"language": "en-GB", "width": 320, "scripts": True, "rules": False, **view}
    reader = Reader(chromium, office.world.url, **chosen)
    reader.open(f"/t/{office.id}/case/{number}")
    reader.page.fill("#receipt", office.filed[number].receipt)
    reader.press("main button.button")
    return reader


def at_files(chromium: Browser, office: Organisation, number: str, **view: Any) -> Reader:
    """A reader on the page on which files are added."""
    reader = at_case(chromium, office, number, **view)
    reader.press(TO_FILES)
    allow_bucket(reader)
    return reader


def choose(page: Page, *files: tuple[str, str, bytes]) -> None:
    """`files`: name, media type and content of each."""
    given: Any = [{"name": name, "mimeType": media_type, "buffer": content} for name, media_type, content in files]
    page.set_input_files("#files", given)


def wait_for(page: Page, text: str | tuple[str, ...], place: int = 1) -> None:
    """Until the state of the file at this place of the list begins with the text, or one of the texts."""
    begins = "([where, texts]) => texts.some(one => document.querySelector(where)?.textContent.startsWith(one))"
    page.wait_for_function(begins, arg=[STATE.format(place), [text] if isinstance(text, str) else list(text)])


@cache
def photo(side: int = 3200) -> bytes:
    """A photo of noise, which compresses badly. Its metadata says that it is to be turned by a quarter."""
    picture = Image.effect_noise((side, side // 2), 40).convert("RGB")
    exif = picture.getexif()
    exif[0x0112] = 6
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=95, exif=exif)
    return out.getvalue()
