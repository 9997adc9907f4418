"""Each file type that evidence may have has its content check: a good file passes, another type's file does not."""

from __future__ import annotations

import pytest

from chalicelib.features.evidence.check.examine import DeclaredFile, examine, examine_undeclared
from chalicelib.features.evidence.check.images import READERS
from chalicelib.features.evidence.refusal import Refusal
from chalicelib.features.evidence.scanning.scanners import StandInScanner
from chalicelib.policy.language.file_types import FILE_TYPES
from tests.helpers.fakes.files import HEIC, PDF, SHEET, SLIDES, WORD, archive, document, image, sha256
from tests.helpers.rows import without

MDAT = b"\x00\x00\x00\x08mdat" + bytes(500)
GOOD = {
    "image/jpeg": image(),
    "image/png": image("PNG"),
    "image/webp": image("WEBP"),
    "image/heic": HEIC,
    "application/pdf": PDF,
    "application/zip": archive(),
    WORD: document(),
    SHEET: document(main="spreadsheetml.sheet"),
    SLIDES: document(main="presentationml.presentation"),
    "text/plain": "\u4f60\u597d\n".encode(),
    "audio/mpeg": b"ID3\x04\x00\x00\x00\x00\x00\x00" + bytes(500),
    "audio/mp4": b"\x00\x00\x00\x18ftypM4A \x00\x00\x00\x00M4A mp42" + MDAT,
    "audio/wav": b"RIFF\x24\x02\x00\x00WAVEfmt " + bytes(500),
    "video/mp4": b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom" + MDAT,
    "video/quicktime": b"\x00\x00\x00\x14ftypqt  \x00\x00\x00\x00qt  " + MDAT,
}
"""A file of each type."""


def examined(content: bytes, media_type: str) -> None:
    with StandInScanner().scan() as scan:
        examine([content], DeclaredFile(len(content), sha256(content), media_type), scan)


def test_there_is_a_good_file_of_each_type() -> None:
    assert GOOD.keys() == FILE_TYPES.keys()


def test_each_image_type_has_a_reader_of_its_container() -> None:
    assert READERS.keys() == {name for name, one in FILE_TYPES.items() if one.content == "image"}


@pytest.mark.parametrize("media_type", FILE_TYPES)
def test_a_good_file_passes(media_type: str) -> None:
    examined(GOOD[media_type], media_type)


@pytest.mark.parametrize("media_type", FILE_TYPES)
def test_a_file_of_another_type_does_not_pass(media_type: str) -> None:
    other = PDF if media_type != "application/pdf" else image()

    with pytest.raises(Refusal) as refusal:
        examined(other, media_type)

    assert refusal.value.reason == "type"


@pytest.mark.parametrize("media_type", sorted(name for name, one in FILE_TYPES.items() if one.content != "stream"))
def test_a_file_with_active_content_does_not_pass(media_type: str) -> None:
    if FILE_TYPES[media_type].content == "zip":
        content = archive(("run.exe", b"MZ" + bytes(64)))
    elif media_type == "text/plain":
        content = b"<script>alert(1)</script>"
    else:
        content = GOOD[media_type] + b"<script>alert(1)</script>"

    with pytest.raises(Refusal):
        examined(content, media_type)


def test_a_text_that_ends_inside_a_character_is_refused() -> None:
    with pytest.raises(Refusal) as refusal:
        examined(GOOD["text/plain"] + "\u597d".encode()[:2], "text/plain")

    assert refusal.value.reason == "type"


def test_a_type_that_is_not_allowed_is_refused() -> None:
    with pytest.raises(Refusal) as refusal:
        examined(b"<svg/>", "image/svg+xml")

    assert refusal.value.reason == "type"


def test_an_image_type_without_a_reader_is_refused_as_not_checkable() -> None:
    with without(READERS, "image/png"), pytest.raises(Refusal) as refusal:
        examined(GOOD["image/png"], "image/png")

    assert refusal.value.reason == "not-scannable"


def test_a_type_that_an_old_policy_names_and_the_service_no_longer_allows_is_refused() -> None:
    content = b"GIF89a" + bytes(500)

    with StandInScanner().scan() as scan, pytest.raises(Refusal) as refusal:
        examine_undeclared([content], len(content), ["image/gif"], scan)

    assert refusal.value.reason == "type"
