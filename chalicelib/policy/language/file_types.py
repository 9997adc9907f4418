"""Types of files that evidence may have. Svg, html, xml, executables and documents with macros are never among them."""

from __future__ import annotations

import msgspec

MIB = 1024 * 1024
SMALL = 100 * MIB
"""Bytes. What is looked into (images, documents, archives) is kept on disk for that, so it is never larger."""


class FileType(msgspec.Struct, frozen=True):
    extension: str
    streamed: bool = False
    """Sound and film: checked as it streams by, and therefore as large as the plan allows."""


_OFFICE = "application/vnd.openxmlformats-officedocument"
FILE_TYPES = {
    "image/jpeg": FileType("jpg"),
    "image/png": FileType("png"),
    "image/webp": FileType("webp"),
    "image/heic": FileType("heic"),
    "application/pdf": FileType("pdf"),
    "application/zip": FileType("zip"),
    f"{_OFFICE}.wordprocessingml.document": FileType("docx"),
    f"{_OFFICE}.spreadsheetml.sheet": FileType("xlsx"),
    f"{_OFFICE}.presentationml.presentation": FileType("pptx"),
    "text/plain": FileType("txt"),
    "audio/mpeg": FileType("mp3", streamed=True),
    "audio/mp4": FileType("m4a", streamed=True),
    "audio/wav": FileType("wav", streamed=True),
    "video/mp4": FileType("mp4", streamed=True),
    "video/quicktime": FileType("mov", streamed=True),
}
"""By media type (IANA)."""
