"""The pages of an organisation's records, data and systems in a real browser."""

from __future__ import annotations

import json
import os
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from chalicelib.features.exports.verify_archive import verify
from tests.across.browser.conftest import ALL_PAGES
from tests.across.browser.desk_person import at_desk
from tests.across.browser.reader import Reader
from tests.across.recorded import export, files
from tests.clauses.organisation import Organisation
from tests.exports.exported import company, estate, exported, hour, rewritten
from tests.exports.test_hostile_archives import ARCHIVES, packed
from tests.exports.test_verify_record import TAMPERING
from tests.messages.webhooks.hooks import added
from tests.sign_in.door import desk

pytestmark = ALL_PAGES
LARGE = 200_000_000
"""Bytes of an archive that a tab must verify."""


def verifying(chromium: Browser, url: str, office: Organisation, **view: Any) -> Reader:
    """The page, in a browser that has no connection any more."""
    reader = at_desk(chromium, url, office, "owner", **{"language": "en-GB", **view})
    reader.open(f"{desk(office)}/organisation/verify")
    reader.page.context.set_offline(True)
    return reader


def told(reader: Reader, archive: Path, noted: str = "") -> tuple[str, list[str]]:
    """The heading of the result, and the faults."""
    page = reader.page
    page.set_input_files("#file", str(archive))
    page.fill("#noted", noted)
    page.click("#archive button")
    page.wait_for_selector("#result h2, #told:has-text('no archive')", timeout=120_000)
    first = page.locator("#result p.notice").all_inner_texts()
    listed = page.locator("#result ol li").all_inner_texts()
    heading = page.locator("#result h2").all_inner_texts()
    return "".join(heading), listed or [one.removeprefix("The first one: ") for one in first]


def agrees(reader: Reader, archive: Path, noted: str = "") -> None:
    """The page and `make verify-record` find the same faults in the same order."""
    found = verify(str(archive), noted or None).faults
    heading, faults = told(reader, archive, noted)
    assert heading == (f"Faults: {len(found)}" if found else "No fault was found")
    ended = "the archive cannot be read completely"
    assert [one.partition(ended)[1] or one for one in faults] == [one.partition(ended)[1] or one for one in found[:50]]


def test_the_recorded_archive_is_verified_without_a_connection(
    chromium: Browser, url: str, office: Organisation
) -> None:
    noted = files.load(export.NOTED)["anchor"]
    reader = verifying(chromium, url, office)
    asked: list[str] = []
    reader.page.on("request", lambda one: asked.append(one.url))
    assert told(reader, export.path(), noted) == ("No fault was found", [])
    assert "5 complaints, 143 events, 7 anchors" in reader.page.inner_text("#result")
    assert told(reader, export.path(), "0" * 64)[1] == ["the noted anchor is not in the archive"]
    assert asked == []


def test_every_way_of_tampering_is_found_as_by_the_command(
    chromium: Browser, url: str, office: Organisation, tmp_path: Path
) -> None:
    reader, intact = verifying(chromium, url, office), exported(company(), tmp_path)
    agrees(reader, intact)
    for tamper, _ in TAMPERING.values():
        agrees(reader, rewritten(intact, tamper))
    changes: list[Callable[[dict[str, bytes]], Any]] = [
        lambda files: files.__setitem__("people.jsonl", b"{}\n"),
        lambda files: files.pop("people.jsonl"),
        lambda files: files.__setitem__("more.txt", b"?"),
    ]
    for change in changes:
        altered = rewritten(intact, change, manifest=False)
        assert told(reader, altered)[1][0] == verify(str(altered)).faults[0]  # the page reads on where the command ends


def test_units_with_records_are_verified(chromium: Browser, url: str, office: Organisation, tmp_path: Path) -> None:
    agrees(verifying(chromium, url, office), exported(estate(), tmp_path))


def test_hostile_archives_are_faults_and_no_errors(
    chromium: Browser, url: str, office: Organisation, tmp_path: Path
) -> None:
    reader = verifying(chromium, url, office)
    for content in ARCHIVES.values():
        heading, faults = told(reader, packed(tmp_path, content))
        assert heading.startswith("Faults: ")
        assert faults != []
    assert reader.faults == []


def test_what_is_no_archive_or_inflates_to_too_much_is_not_read(
    chromium: Browser, url: str, office: Organisation, tmp_path: Path
) -> None:
    reader, other = verifying(chromium, url, office), tmp_path / "<i>x</i>.zip".replace("/", "")
    other.write_bytes(b"PK\x05\x06" + b"\xff" * 18)
    bomb = packed(tmp_path, {"manifest.jsonl": b"{}", "evidence/1/2": b" " * (40 << 20)})
    for each in (other, bomb):
        assert told(reader, each) == ("", [])
        assert "is no archive of an export" in reader.page.inner_text("#told")
    assert reader.page.locator("#told i").count() == 0


def test_an_archive_of_200_megabytes_does_not_fill_the_tab(
    chromium: Browser, url: str, office: Organisation, tmp_path: Path
) -> None:
    big, content = tmp_path / "big.zip", os.urandom(1 << 20) * (LARGE >> 20)
    with zipfile.ZipFile(export.path()) as old, zipfile.ZipFile(big, "w") as new:
        for one in old.namelist():
            new.writestr(one, old.read(one))
        new.writestr("evidence/202611-000001/0", content)
    reader = verifying(chromium, url, office)
    session = reader.page.context.new_cdp_session(reader.page)
    session.send("Performance.enable")
    heading, faults = told(reader, big)
    assert (heading, faults) == ("Faults: 1", ["evidence/202611-000001/0: is not in the manifest"])
    used = {one["name"]: one["value"] for one in session.send("Performance.getMetrics")["metrics"]}["JSHeapUsedSize"]
    assert used < 100_000_000


@pytest.mark.parametrize(("language", "width"), [("zh-CN", 390), ("en-GB", 1280)])
def test_the_page_says_in_words_what_is_wrong(
    chromium: Browser, url: str, office: Organisation, tmp_path: Path, language: str, width: int
) -> None:
    reader = verifying(chromium, url, office, language=language, width=width)
    copied = tmp_path / "export.zip"
    copied.write_bytes(export.path().read_bytes())
    told(reader, rewritten(copied, _change))
    reader.look()
    said = "第 1 个事件被改动" if language == "zh-CN" else "event 1 was changed"
    assert said in reader.page.inner_text("#result .notice")
    assert reader.page.evaluate("document.activeElement.tagName") == "BUTTON"


def _change(files: dict[str, bytes]) -> None:
    one = json.loads(files["organisation.json"])
    one["events"][0]["at"] = "2020-01-01T00:00:00.000Z"
    files["organisation.json"] = json.dumps(one).encode()


def test_without_scripts_the_page_names_the_command(chromium: Browser, url: str, office: Organisation) -> None:
    reader = at_desk(chromium, url, office, "owner", language="en-GB", scripts=False)
    reader.open(f"{desk(office)}/organisation/verify")
    assert "make verify-record" in reader.page.inner_text("main")
    assert not reader.page.locator("#file").is_visible()


PAGES = ["webhooks", "webhooks/new", "effects", "exports", "record", "anchors", "reads", "origins", "leave"]


@pytest.mark.parametrize(
    ("language", "width", "scripts"),
    [("zh-CN", 390, True), ("en-GB", 390, True), ("zh-CN", 1280, True), ("en-GB", 1920, True), ("en-GB", 1280, False)],
)
def test_each_page_fits_and_is_accessible(
    chromium: Browser, url: str, office: Organisation, language: str, width: int, scripts: bool
) -> None:
    hook = added(office)
    hour(office)
    reader = at_desk(chromium, url, office, "owner", language=language, width=width, scripts=scripts)
    for path in [*PAGES, f"webhooks/{hook['id']}"]:
        reader.open(f"{desk(office)}/organisation/{path}")
        assert reader.page.locator("main h1").count() == 1


def test_a_webhook_is_added_with_the_keyboard_and_its_private_address_refused_at_its_place(
    chromium: Browser, url: str, office: Organisation
) -> None:
    reader = at_desk(chromium, url, office, "owner", language="en-GB")
    reader.open(f"{desk(office)}/organisation/webhooks/new")
    for address, follows in (("https://10.0.0.1/x", ".faults"), ("https://hooks.example/x", "p.secret")):
        reader.page.focus("#url")
        reader.page.fill("#url", address)
        with reader.page.expect_navigation():
            reader.page.keyboard.press("Enter")
        reader.look()
        assert reader.has(follows)
    reader.press("main a.button")
    assert "whsec_" not in reader.page.content()
