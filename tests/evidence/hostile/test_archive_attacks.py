"""ZIP archives with members that would be refused alone, and with members that only some programs see."""

from __future__ import annotations

import io
import stat
import struct
import zipfile
import zlib

import pytest

from chalicelib.features.evidence.check.inflate import InflationBudget
from chalicelib.features.evidence.refusal import Refusal
from tests.evidence.hostile.checks import passes, refused
from tests.evidence.hostile.test_image_costs import jpeg, resized
from tests.helpers.fakes.archives import archive, link, office
from tests.helpers.fakes.files import PDF, image
from tests.helpers.fakes.pdfs import pdf

pytestmark = pytest.mark.usefixtures("read_by_children")

TYPE = "application/zip"
SCRIPT = pdf(b"<</S/Java#53cript/#4aS(1)>>")
OK = ("ok.txt", b"ok")


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.pdf", SCRIPT, "active-content"),
        ("folder/a.PDF", SCRIPT, "active-content"),
        ("a", SCRIPT, "active-content"),
        ("run.bat", b"del *", "active-content"),
        ("run.js", b"alert(1)", "active-content"),
        ("run.ps1", b"Remove-Item", "active-content"),
        ("run.vbs", b"MsgBox 1", "active-content"),
        ("run.CMD", b"del *", "active-content"),
        ("run.bat", b"", "active-content"),
        ("a.txt.hta", b"text", "active-content"),
        ("picture.scr", image(), "active-content"),
        ("a.url", b"[InternetShortcut]", "active-content"),
        ("a.csv", b"=cmd|' /C calc'!A0", "active-content"),
        ("document.docx", office(), "active-content"),
        ("inner.zip", archive(OK), "active-content"),
        ("a.bat.", b"del *", "active-content"),
        ("a.bat ", b"del *", "active-content"),
        ("a.txt:run.bat", b"del *", "active-content"),
        ("C:a.txt", b"text", "active-content"),
        ("a/../../b.txt", b"text", "active-content"),
        ("..\\b.txt", b"text", "active-content"),
        ("gpj\u202etxt.txt", b"text", "active-content"),
        ("a.txt", b"line\n" * 40_000 + b"\x00", "type"),
        ("a.jpg", image()[:-300], "broken"),
        ("a.jpg", resized(jpeg(progressive=True), 16_000, 11_000), "bomb"),
        ("a.jpg", image() + archive(OK), "polyglot"),
        ("a.pdf", PDF[:-20], "broken"),
        ("folder/", b"content", "polyglot"),
    ],
)
def test_a_member_that_would_be_refused_alone_is_refused(name: str, content: bytes, reason: str) -> None:
    assert refused(archive(OK, (name, content)), TYPE) == reason


@pytest.mark.parametrize("kind", [stat.S_IFLNK, stat.S_IFIFO, stat.S_IFCHR, stat.S_IFBLK, stat.S_IFSOCK])
def test_a_link_or_a_device_is_refused(kind: int) -> None:
    assert refused(archive(OK, (link("a.txt", kind=kind), b"/etc/passwd")), TYPE) == "active-content"


def test_honest_members_pass() -> None:
    members = [
        *[("bill.pdf", PDF), ("照片/合同 (1).JPG", image()), ("照片/b.png", image("PNG")), ("readme", b"text")],
        *[("chat.log", "你好".encode()), ("empty.txt", b""), ("folder/", b""), ("export.v2.json", b"{}")],
        *[("v1.2/readme", b"text"), ("v1.2\\notes.txt", b"text")],
    ]

    assert passes(archive(*members), TYPE)


def test_two_members_of_one_name_are_refused() -> None:
    with pytest.warns(UserWarning, match="Duplicate name"):
        twice = archive(("a.txt", b"one"), ("a.txt", b"two"))

    assert refused(twice, TYPE) == "polyglot"
    assert refused(archive(("a.txt", b"one"), ("A.TXT", b"two")), TYPE) == "polyglot"


def hidden(position: str) -> bytes:
    """The directory does not list the second member, but a program finds it which reads from the front."""
    listed = archive(("a.txt", b"harmless"))
    member = archive(("run.bat", b"del *"))
    member = member[: member.index(b"PK\x01\x02")]
    at = {"before": 0, "after": listed.index(b"PK\x01\x02")}[position]
    found = bytearray(listed[:at] + member + listed[at:])
    directory, end = found.index(b"PK\x01\x02"), found.index(b"PK\x05\x06")
    found[end + 16 : end + 20] = struct.pack("<L", directory)
    if position == "before":
        found[directory + 42 : directory + 46] = struct.pack("<L", len(member))
    return bytes(found)


@pytest.mark.parametrize("position", ["before", "after"])
def test_a_member_that_the_directory_does_not_list_is_refused(position: str) -> None:
    with zipfile.ZipFile(io.BytesIO(hidden(position))) as found:
        assert found.namelist() == ["a.txt"]

    assert refused(hidden(position), TYPE) == "polyglot"


def changed(content: bytes, signature: bytes, at: int, form: str, value: int) -> bytes:
    start = content.index(signature) + at
    return content[:start] + struct.pack(form, value) + content[start + struct.calcsize(form) :]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (changed(archive(OK), b"PK\x01\x02", 8, "<H", 0x1), "encrypted"),
        (changed(archive(OK), b"PK\x03\x04", 6, "<H", 0x1), "encrypted"),
        (changed(archive(OK), b"PK\x01\x02", 8, "<H", 0x41), "encrypted"),
        (changed(archive(OK), b"PK\x01\x02", 8, "<H", 0x2000), "encrypted"),
        (changed(archive(OK), b"PK\x01\x02", 10, "<H", 99), "not-scannable"),
        (changed(archive(OK), b"PK\x01\x02", 10, "<H", 14), "not-scannable"),
        (changed(archive(OK), b"PK\x03\x04", 8, "<H", 0), "polyglot"),
        (changed(archive(OK), b"PK\x03\x04", 18, "<L", 1), "polyglot"),
        (archive(OK, comment=b"PK\x05\x06" + bytes(18)), "polyglot"),
    ],
    ids=[
        *("encrypted", "encrypted in its own header", "strongly encrypted", "encrypted names"),
        *("method of AES", "LZMA", "another method in its own header", "another size in its own header"),
        "a second end",
    ],
)
def test_encrypted_members_and_contradictions_are_refused(content: bytes, reason: str) -> None:
    assert refused(content, TYPE) == reason


def with_two_directories() -> bytes:
    """A second directory, of other members, stands between the first one and the end, which names the second."""
    whole, other = archive(("a.txt", b"harmless")), archive(("b.txt", b"harmless"))
    start, end = whole.index(b"PK\x01\x02"), whole.index(b"PK\x05\x06")
    second = other[other.index(b"PK\x01\x02") : other.index(b"PK\x05\x06")]
    members = whole[:start]
    locator = struct.pack("<4sLQL", b"PK\x06\x07", 0, len(members) + end - start + len(second), 1)
    record = struct.pack("<4sQ2H2L4Q", b"PK\x06\x06", 44, 45, 45, 0, 0, 1, 1, end - start, len(members) + len(second))
    tail = bytearray(whole[end:])
    struct.pack_into("<L", tail, 16, len(members))
    return members + second + whole[start:end] + record + locator + bytes(tail)


def test_an_archive_with_two_directories_is_refused() -> None:
    with zipfile.ZipFile(io.BytesIO(with_two_directories())) as found:
        assert found.namelist() == ["a.txt"]

    assert refused(with_two_directories(), TYPE) == "polyglot"


@pytest.mark.parametrize(("at", "form", "value"), [(8, "<H", 2), (10, "<H", 2), (16, "<L", 1)])
def test_an_end_that_names_another_directory_is_refused(at: int, form: str, value: int) -> None:
    assert refused(changed(archive(OK), b"PK\x05\x06", at, form, value), TYPE) in ("polyglot", "broken")


def test_bytes_between_the_directory_and_the_end_are_refused() -> None:
    whole = archive(OK)
    end = whole.index(b"PK\x05\x06")

    assert refused(whole[:end] + b"between" + whole[end:], TYPE) in ("polyglot", "broken")


def second_name(name: str, *, size: int = 0) -> bytes:
    """An archive with `a.txt`, which has another name in its extra field (APPNOTE 4.6.9)."""
    info = zipfile.ZipInfo("a.txt")
    field = struct.pack("<BL", 1, zlib.crc32(b"a.txt")) + name.encode()
    info.extra = struct.pack("<HH", 0x7075, size or len(field)) + field
    return archive((info, b"text"))


@pytest.mark.parametrize("name", ["run.bat", "../a.txt", "a.txt:b.txt", "gpj\u202e.txt"])
def test_a_second_name_is_checked_too(name: str) -> None:
    assert refused(second_name(name), TYPE) == "active-content"


def test_a_harmless_second_name_passes() -> None:
    assert passes(second_name("照片.txt"), TYPE)


def test_a_name_that_ends_early_is_refused() -> None:
    """`zipfile` reads names up to the null."""
    whole = archive(("a.txt_run.bat", b"del *")).replace(b"a.txt_run.bat", b"a.txt\x00run.bat")

    assert refused(whole, TYPE) == "active-content"


def test_a_member_without_a_name_is_refused() -> None:
    assert refused(archive(OK, ("x", b"text")).replace(b"x", b"\x00"), TYPE) == "active-content"


def test_an_archive_that_was_written_as_a_stream_passes() -> None:
    """The sizes come after each member."""

    class Pipe(io.RawIOBase):
        content = b""

        def writable(self) -> bool:
            return True

        def write(self, piece: bytes) -> int:  # type: ignore[override]
            self.content += bytes(piece)
            return len(piece)

    pipe = Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as file:  # type: ignore[arg-type]
        file.writestr("a.txt", b"text" * 100)
        file.writestr("b.txt", b"text")

    assert passes(pipe.content, TYPE)


def test_members_that_inflate_too_much_together_are_refused() -> None:
    zeros = b"0" * (12 << 20)

    assert refused(archive(*((f"{each}.txt", zeros) for each in range(4))), TYPE) == "bomb"


def test_a_file_that_takes_too_long_is_refused() -> None:
    with pytest.raises(Refusal, match="bomb"):
        InflationBudget(1000, seconds=-1).spend(1)


def test_too_many_members_are_refused() -> None:
    assert refused(archive(*((f"{each}.txt", b"") for each in range(10_001))), TYPE) == "bomb"
