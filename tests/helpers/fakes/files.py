"""Small real files of each kind, and malicious ones. Each is generated once."""

from __future__ import annotations

import hashlib
import io
import zipfile
from functools import cache

from PIL import Image

from tests.helpers.fakes.archives import content_types

PDF = b"%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\ntrailer\n<</Root 1 0 R>>\n%%EOF\n"
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
"""In two pieces, so that no scanner reports this module."""


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


@cache
def image(kind: str = "JPEG", *, side: int = 64, seed: int = 0) -> bytes:
    """With a camera model and GPS coordinates in its metadata. Each seed gives different bytes."""
    picture = Image.new("RGB", (side, side // 2 or 1), (seed % 256, 120, 60))
    exif = picture.getexif()
    exif[0x010F] = "Camera of somebody"
    gps = exif.get_ifd(0x8825)
    gps[1], gps[2] = "N", (31.0, 13.0, 56.0)
    out = io.BytesIO()
    picture.save(out, kind, exif=exif)
    return out.getvalue()


@cache
def archive(*entries: tuple[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in entries or (("账单.txt", "你好".encode()),):
            file.writestr(name, content)
    return out.getvalue()


@cache
def document(*extra: tuple[str, bytes], main: str = "wordprocessingml.document") -> bytes:
    """An empty Office document."""
    kind = f"application/vnd.openxmlformats-officedocument.{main}.main+xml"
    types = content_types(f'<Override PartName="/word/document.xml" ContentType="{kind}"/>')
    return archive(("[Content_Types].xml", types), ("word/document.xml", b"<document/>"), *extra)


WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SLIDES = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
HEIC = b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + b"\x00\x00\x00\x10mdat" + bytes(8)
