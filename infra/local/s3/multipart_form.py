"""Parses `multipart/form-data` as S3 does: fields first, the file last (RFC 7578)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email.message import Message

_NAME = re.compile(r'\bname="([^"]*)"')
_FILE_NAME = re.compile(r'\bfilename="([^"]*)"')


class MalformedForm(ValueError):
    """The body is not a form that S3 accepts."""


def parse_form(content_type: str, body: bytes) -> tuple[dict[str, str], bytes]:
    """The fields, with names in lower case, and the content of `file`. Fields after the file are ignored.

    `${filename}` in a field becomes the name of the file without its path.
    """
    fields: dict[str, str] = {}
    for name, value, file_name in _parts(_boundary(content_type), body):
        if name == "file":
            last = re.split(r"[/\\]", file_name)[-1]
            return {key: text.replace("${filename}", last) for key, text in fields.items()}, value
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


def _parts(boundary: bytes, body: bytes) -> Iterator[tuple[str, bytes, str]]:
    """Name, value, and name of the file of each part. Browsers escape line breaks and quotes in names (WHATWG)."""
    chunks = (b"\r\n" + body).split(b"\r\n--" + boundary)
    if len(chunks) < 3 or not chunks[-1].startswith(b"--"):
        raise MalformedForm("the body is not terminated by its boundary")
    for chunk in chunks[1:-1]:
        head, separator, value = chunk.partition(b"\r\n\r\n")
        text = head.decode("utf-8", "replace")
        name, file_name = _NAME.search(text), _FILE_NAME.search(text)
        if not separator or name is None:
            raise MalformedForm("a part has no name")
        yield name[1].lower(), value, file_name[1].replace("%22", '"') if file_name else ""
