"""The check accepts and refuses the right content: images, PDF, Office, ZIP, text, audio and video."""

from __future__ import annotations

import io
import struct
import time
import zipfile
import zlib

import pytest
from PIL import Image

from chalicelib.features.evidence.check.copies import Copies
from chalicelib.features.evidence.check.examine import DeclaredFile, examine
from chalicelib.features.evidence.refusal import Refusal
from chalicelib.features.evidence.scanning.scanners import StandInScanner
from tests.helpers.fakes.archives import content_types
from tests.helpers.fakes.files import EICAR, PDF, SHEET, WORD, archive, document, image, sha256

MP4 = b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom" + b"\x00\x00\x00\x08mdat" + bytes(5000)
DEFLATED = zipfile.ZIP_DEFLATED


def checked(content: bytes, media_type: str, *, pieces: int = 1 << 16) -> Copies | None:
    chunks = [content[at : at + pieces] for at in range(0, len(content), pieces)]
    with StandInScanner().scan() as scan:
        return examine(chunks, DeclaredFile(len(content), sha256(content), media_type), scan)


def refused(content: bytes, media_type: str) -> str:
    with pytest.raises(Refusal) as refusal:
        checked(content, media_type)
    return refusal.value.reason


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (PDF, "application/pdf"),
        (archive(), "application/zip"),
        (archive(("a.pdf", PDF), ("b.jpg", image())), "application/zip"),
        (document(), WORD),
        (document(main="spreadsheetml.sheet"), SHEET),
        ("你好，这是聊天记录。\r\n".encode() * 9000, "text/plain"),
        (MP4, "video/mp4"),
        (b"ID3\x04\x00\x00\x00\x00\x00\x00" + bytes(500), "audio/mpeg"),
    ],
    ids=["pdf", "zip", "zip of files", "docx", "xlsx", "text", "film", "sound"],
)
def test_honest_files_pass(content: bytes, media_type: str) -> None:
    assert checked(content, media_type) is None


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_an_images_copies_have_no_metadata(kind: str) -> None:
    content = image(kind, side=800)
    assert b"Camera of somebody" in content

    copies = checked(content, f"image/{kind.lower()}")

    assert copies is not None
    for copy, side in ((copies.shown, 800), (copies.thumbnail, 320)):
        with Image.open(io.BytesIO(copy)) as shown:
            assert (shown.size[0], dict(shown.getexif())) == (side, {})
        assert b"Camera of somebody" not in copy


def test_a_copy_applies_the_exif_orientation() -> None:
    out = io.BytesIO()
    picture = Image.new("RGB", (64, 32))
    exif = picture.getexif()
    exif[0x0112] = 6
    picture.save(out, "JPEG", exif=exif)

    copies = checked(out.getvalue(), "image/jpeg")

    assert copies is not None
    with Image.open(io.BytesIO(copies.shown)) as shown:
        assert shown.size == (32, 64)


@pytest.mark.parametrize("pieces", [1, 7, 65_536])
def test_the_size_of_chunks_makes_no_difference(pieces: int) -> None:
    assert checked(image(), "image/jpeg", pieces=pieces) is not None


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (image("PNG"), "image/jpeg"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "text/plain"),
        (b"\xef\xbb\xbf  <!DOCTYPE html><p>", "text/plain"),
        (b"<?xml version='1.0'?><a/>", "text/plain"),
        (b"#!/bin/sh\nrm -r /\n", "text/plain"),
        (b"MZ" + bytes(200), "application/pdf"),
        (b"\x7fELF" + bytes(200), "text/plain"),
        (b"\xff\xfe\x00", "text/plain"),
        (b"line\n" * 40_000 + b"\x00\x01", "text/plain"),
        (document(), "application/zip"),
        (document(), SHEET),
        (archive(), WORD),
    ],
)
def test_another_type_than_declared_is_refused(content: bytes, media_type: str) -> None:
    assert refused(content, media_type) == "type"


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (image() + b"<script>alert(1)</script>", "image/jpeg"),
        (image() + archive(), "image/jpeg"),
        (image("PNG") + b"<?php system($_GET[0]);", "image/png"),
        (image("WEBP") + PDF, "image/webp"),
        (PDF + archive(), "application/pdf"),
        (PDF + b"<script>", "application/pdf"),
        (MP4 + archive(), "video/mp4"),
        (MP4 + b"<script>", "video/mp4"),
    ],
)
def test_two_files_in_one_are_refused(content: bytes, media_type: str) -> None:
    assert refused(content, media_type) == "polyglot"


def test_a_zip_with_something_before_it_is_refused() -> None:
    assert refused(b"PK\x03\x04" + bytes(40) + archive(), "application/zip") == "polyglot"


def test_a_script_in_a_comment_of_an_image_is_refused() -> None:
    note = b"<script>alert(1)</script>"
    content = image()
    commented = content[:2] + b"\xff\xfe" + struct.pack(">H", len(note) + 2) + note + content[2:]

    assert refused(commented, "image/jpeg") == "polyglot"


def zeros(count: int, method: int = DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as file, file.open("zeros.txt", "w") as entry:
        for _ in range(count):
            entry.write(b"0" * (1 << 20))
    return out.getvalue()


def test_a_zip_bomb_is_refused() -> None:
    assert refused(zeros(40), "application/zip") == "bomb"


def test_entries_that_share_their_bytes_are_refused() -> None:
    """The directory of an overlapping bomb lists more compressed bytes than the file has."""
    content = bytearray(archive(("a.txt", b"a" * 100)))
    at = content.index(b"PK\x01\x02")
    content[at + 20 : at + 24] = struct.pack("<L", 1 << 20)

    assert refused(bytes(content), "application/zip") == "bomb"


def test_an_image_with_too_many_pixels_is_refused() -> None:
    content = bytearray(image("PNG"))
    head = b"IHDR" + struct.pack(">LL", 60_000, 60_000) + content[24:29]
    content[12:33] = head + struct.pack(">L", zlib.crc32(head))

    assert refused(bytes(content), "image/png") == "bomb"


def test_a_png_with_a_repeated_exif_header_is_refused_at_once() -> None:
    """Pillow 11 removed one header at a time and copied the rest each time: minutes for a file of this size."""
    exif = b"eXIf" + b"Exif\0\0" * 150_000
    chunk = struct.pack(">I", len(exif) - 4) + exif + struct.pack(">I", zlib.crc32(exif))
    plain = io.BytesIO()
    Image.new("RGB", (8, 8)).save(plain, "PNG")
    signature_and_size = plain.getvalue()[:33]

    started = time.process_time()
    assert refused(signature_and_size + chunk + plain.getvalue()[33:], "image/png") == "broken"
    assert time.process_time() - started < 2


def test_a_pdf_bomb_is_refused() -> None:
    import zlib

    packed = zlib.compress(b"0" * (40 << 20), 9)
    stream = b"2 0 obj\n<</Length %d/Filter/FlateDecode>>\nstream\n%s\nendstream\nendobj\n" % (len(packed), packed)

    assert refused(PDF.replace(b"trailer", stream + b"trailer"), "application/pdf") == "bomb"


def test_a_pdf_whose_stream_is_deflated_twice_is_refused() -> None:
    stream = b"2 0 obj\n<</Filter[/FlateDecode /FlateDecode]>>\nstream\nx\nendstream\nendobj\n"

    assert refused(PDF.replace(b"trailer", stream + b"trailer"), "application/pdf") == "bomb"


@pytest.mark.parametrize("name", [b"/JavaScript", b"/Java#53cript", b"/JS", b"/Launch", b"/EmbeddedFiles", b"/XFA"])
def test_a_pdf_with_active_content_is_refused(name: bytes) -> None:
    acting = PDF.replace(b"/Type/Catalog", b"/Type/Catalog/OpenAction<<" + name + b"(x)>>")

    assert refused(acting, "application/pdf") == "active-content"


def test_active_content_in_an_object_stream_is_found() -> None:
    import zlib

    packed = zlib.compress(b"3 0 <</S/JavaScript/JS(app.alert(1))>>")
    stream = b"2 0 obj\n<</Type/ObjStm/Filter/FlateDecode>>\nstream\n%s\nendstream\nendobj\n" % packed

    assert refused(PDF.replace(b"trailer", stream + b"trailer"), "application/pdf") == "active-content"


def test_an_encrypted_pdf_is_refused() -> None:
    assert refused(PDF.replace(b"/Root", b"/Encrypt 9 0 R/Root"), "application/pdf") == "encrypted"


@pytest.mark.parametrize(
    "extra",
    [("word/vbaProject.bin", b"x"), ("word/activeX/activeX1.xml", b"x"), ("word/embeddings/oleObject1.bin", b"x")],
)
def test_a_document_with_macros_is_refused(extra: tuple[str, bytes]) -> None:
    assert refused(document(extra), WORD) == "active-content"


def test_a_document_that_calls_itself_macro_enabled_is_refused() -> None:
    types = content_types('<Override ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/>')

    assert refused(archive(("[Content_Types].xml", types), ("word/document.xml", b"x")), WORD) == "active-content"


@pytest.mark.parametrize(
    "entry",
    [
        ("a.html", b"<html><script>alert(1)</script>"),
        ("a.svg", b"<svg/>"),
        ("a.exe", b"MZ" + bytes(100)),
        ("inner.zip", archive()),
        ("../../etc/passwd", b"x"),
        ("/etc/passwd", b"x"),
    ],
)
def test_a_zip_with_a_forbidden_file_is_refused(entry: tuple[str, bytes]) -> None:
    assert refused(archive(("ok.txt", b"ok"), entry), "application/zip") == "active-content"


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (image()[:-300], "image/jpeg"),
        (image("PNG")[:-20], "image/png"),
        (PDF[:-20], "application/pdf"),
        (archive()[:-10], "application/zip"),
    ],
)
def test_a_file_that_is_cut_off_is_refused(content: bytes, media_type: str) -> None:
    assert refused(content, media_type) == "broken"


def test_content_that_differs_from_the_declaration_is_refused() -> None:
    with StandInScanner().scan() as scan, pytest.raises(Refusal, match="sha256"):
        examine([PDF], DeclaredFile(len(PDF), sha256(b"other"), "application/pdf"), scan)
    with StandInScanner().scan() as scan, pytest.raises(Refusal, match="size"):
        examine([PDF], DeclaredFile(len(PDF) + 1, sha256(PDF), "application/pdf"), scan)


@pytest.mark.parametrize("cut", [1, 10, 60])
def test_the_stand_in_detects_the_test_file_across_chunks(cut: int) -> None:
    with StandInScanner().scan() as scan:
        scan.feed(b"before" + EICAR[:cut])
        scan.feed(EICAR[cut:] + b"after")
        verdict = scan.verdict()

    assert verdict is not None
    assert (verdict.outcome, verdict.stand_in) == ("malware", True)
