"""A complainant's way through the pages: from the organisation's first page to the filed complaint."""

from __future__ import annotations

import time
from collections.abc import Callable

from chalicelib.features.filing.brake import LEAST
from tests.across.browser.reader import TEXT, Reader
from tests.across.browser.sending import SEALED, TO_FILES, allow_bucket, choose, wait_for

MOST_PAGES = 20


def _unseen(_name: str) -> None:
    """Nothing looks at the page."""


def file_complaint(reader: Reader, tenant: str, seen: Callable[[str], None] = _unseen) -> str:
    """Files a complaint and opens it. Returns its number. `seen`: called with the name of each page."""
    begin(reader, tenant, seen)
    return file_opened(reader, seen)


def begin(reader: Reader, tenant: str, seen: Callable[[str], None] = _unseen) -> None:
    """Opens the first question, and sends it without an answer. From here, the brake on programs takes its time."""
    reader.open(f"/t/{tenant}")
    seen("organisation")
    reader.press("a.button >> nth=0")
    reader.press("#filing .button:not([type=button])")
    seen("fault")


def file_opened(reader: Reader, seen: Callable[[str], None] = _unseen) -> str:
    """Answers the questions from the open one on, files the complaint and opens it. Returns its number."""
    for _ in range(MOST_PAGES):
        if reader.has("#send"):
            break
        reader.answer()
        seen("question")
        reader.press("#filing .button:not([type=button])")
    seen("check")
    think(reader)
    reader.press("#send")
    seen("filed")
    number = reader.page.text_content(".number") or ""
    reader.press("form button.button")
    seen("case")
    assert number in (reader.page.text_content("h1") or "")
    return number


def add_file(reader: Reader, content: bytes, seen: Callable[[str], None] = _unseen) -> None:
    """Adds a file to the complaint whose page is open, and comes back to it. Without scripts, by the form."""
    reader.press(TO_FILES)
    seen("kinds")
    if not reader.scripts:
        return add_by_form(reader, content, seen)
    allow_bucket(reader)
    reader.page.check("#kind-1")
    choose(reader.page, ("证据.pdf", "application/pdf", content))
    wait_for(reader.page, SEALED)
    reader.look()
    seen("sealed")
    return reader.press("a.back")


def add_by_form(reader: Reader, content: bytes, seen: Callable[[str], None] = _unseen) -> None:
    """Adds a file on the page that asks for its kind, as it is without modules, and comes back to the complaint."""
    reader.page.check("#kind-1")
    reader.press("#plain button")
    seen("upload")
    action = reader.page.get_attribute("form", "action") or ""
    reader.buckets.append(action)
    reader.page.set_input_files("#file", {"name": "证据.pdf", "mimeType": "application/pdf", "buffer": content})
    reader.press("button.button")
    seen("sent")
    assert "told=uploaded" in reader.page.url


def report_office(reader: Reader, tenant: str, seen: Callable[[str], None] = _unseen) -> None:
    """Reports the office, and opens the report."""
    reader.open(f"/t/{tenant}/report")
    reader.press("#send")  # without an answer
    seen("report-fault")
    reader.page.check("#to-1")
    reader.page.check("#about-1")
    reader.page.fill("#text", TEXT)
    think(reader)
    reader.press("#send")
    seen("reported")
    reader.press("form button.button")
    seen("report")


def think(reader: Reader) -> None:
    """Until the brake on programs lets the form pass: as long as the time in the form is too near."""
    reader.page.wait_for_timeout(_left(reader))


def _left(reader: Reader) -> float:
    """Milliseconds until the brake on programs lets the form pass."""
    return max(int(_started(reader).partition(".")[0]) + LEAST - time.time() * 1000, 0) + 1


def _started(reader: Reader) -> str:
    """The signed time of the draft, in its cookie, or of another form."""
    path = reader.page.url.removeprefix(reader.url)
    for cookie in reader.page.context.cookies():
        if cookie["name"].removeprefix("draft-") in path.split("/"):
            return cookie["value"].partition(".")[2]
    return reader.page.get_attribute("[name=started]", "value") or ""
