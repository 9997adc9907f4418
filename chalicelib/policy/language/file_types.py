"""File types that evidence may have. SVG, HTML, XML, executables and documents with macros are never allowed."""

from __future__ import annotations

import msgspec

MIB = 1024 * 1024
MAX_INSPECTED_BYTES = 100 * MIB
"""The size limit, in bytes, of images, documents and archives: the content check keeps the whole file on disk."""


class FileType(msgspec.Struct, frozen=True):
    extension: str
    streamed: bool = False
    """Audio and video. They are checked as a stream, so only the plan limits their size."""


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
