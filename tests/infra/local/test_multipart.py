"""Forms as browsers send them (RFC 7578)."""

from __future__ import annotations

import pytest

from infra.local.s3.multipart_form import MalformedForm, parse_form

TYPE = "multipart/form-data; boundary=xyz"


def body(*parts: tuple[str, bytes]) -> bytes:
    written = [
        f'--xyz\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n'.encode() + value + b"\r\n"
        for name, value in parts
    ]
    return b"".join(written) + b"--xyz--\r\n"


def test_fields_and_file_are_read_byte_for_byte() -> None:
    data = bytes(range(256)) + b"\r\n\r\n--xy\r\n"
    assert parse_form(TYPE, body(("Key", "照片".encode()), ("file", data))) == ({"key": "照片"}, data)


def test_fields_after_the_file_are_ignored() -> None:
    assert parse_form(TYPE, body(("file", b"x"), ("key", b"late"))) == ({}, b"x")


@pytest.mark.parametrize(
    ("content_type", "sent"),
    [
        ("application/json", body(("file", b"x"))),
        ("multipart/form-data", body(("file", b"x"))),
        (TYPE, body(("key", b"x"))),
        (TYPE, body(("file", b"x"))[:-9]),
        (TYPE, body(("key", b"\xff"), ("file", b"x"))),
        (TYPE, b""),
    ],
    ids=["another type", "no boundary", "no file", "cut off", "not UTF-8", "empty"],
)
def test_an_invalid_form_is_refused(content_type: str, sent: bytes) -> None:
    with pytest.raises(MalformedForm):
        parse_form(content_type, sent)
