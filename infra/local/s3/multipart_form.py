"""Parses `multipart/form-data` as S3 does: fields first, the file last (RFC 7578)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email.message import Message

_NAME = re.compile(r'\bname="([^"]*)"')


class MalformedForm(ValueError):
    """The body is not a form that S3 accepts."""


def parse_form(content_type: str, body: bytes) -> tuple[dict[str, str], bytes]:
    """The fields, with names in lower case, and the content of `file`. Fields after the file are ignored."""
    fields: dict[str, str] = {}
    for name, value in _parts(_boundary(content_type), body):
        if name == "file":
            return fields, value
        try:
            fields[name] = value.decode("utf-8")
        except UnicodeDecodeError:
            raise MalformedForm(f"the field {name} is not UTF-8") from None
    raise MalformedForm("there is no field named file")


def _boundary(content_type: str) -> bytes:
    message = Message()
    message["Content-Type"] = content_type
    boundary = message.get_boundary()
    if message.get_content_type() != "multipart/form-data" or not boundary:
        raise MalformedForm("the body is not multipart/form-data with a boundary")
    return boundary.encode()


def _parts(boundary: bytes, body: bytes) -> Iterator[tuple[str, bytes]]:
    chunks = (b"\r\n" + body).split(b"\r\n--" + boundary)
    if len(chunks) < 3 or not chunks[-1].startswith(b"--"):
        raise MalformedForm("the body is not terminated by its boundary")
    for chunk in chunks[1:-1]:
        head, separator, value = chunk.partition(b"\r\n\r\n")
        name = _NAME.search(head.decode("utf-8", "replace"))
        if not separator or name is None:
            raise MalformedForm("a part has no name")
        yield name[1].lower(), value
