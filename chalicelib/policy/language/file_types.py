"""File types that evidence may have. SVG, HTML, XML, executables and documents with macros are never allowed."""

from __future__ import annotations

from typing import Literal

import msgspec

MIB = 1024 * 1024
MAX_INSPECTED_BYTES = 100 * MIB
"""The size limit, in bytes, of images, documents and archives: the content check keeps the whole file on disk."""


class FileType(msgspec.Struct, frozen=True):
    extension: str
    content: Literal["image", "pdf", "zip", "text", "stream"]
    """The content check (`features.evidence.check.examine`). `zip`: Office documents too; `stream`: audio and video."""
    metadata: Literal["none", "removed", "kept"] = "kept"
    """What a file says of the person who made it: nothing, nothing in the copy, or something that cannot be removed."""

    @property
    def streamed(self) -> bool:
        """True if the file is checked as a stream, so that only the plan limits its size."""
        return self.content == "stream"


_OFFICE = "application/vnd.openxmlformats-officedocument"
FILE_TYPES = {
    "image/jpeg": FileType("jpg", "image", "removed"),
    "image/png": FileType("png", "image", "removed"),
    "image/webp": FileType("webp", "image", "removed"),
    "image/heic": FileType("heic", "image"),
    "application/pdf": FileType("pdf", "pdf", "removed"),
    "application/zip": FileType("zip", "zip"),
    f"{_OFFICE}.wordprocessingml.document": FileType("docx", "zip"),
    f"{_OFFICE}.spreadsheetml.sheet": FileType("xlsx", "zip"),
    f"{_OFFICE}.presentationml.presentation": FileType("pptx", "zip"),
    "text/plain": FileType("txt", "text", "none"),
    "audio/mpeg": FileType("mp3", "stream"),
    "audio/mp4": FileType("m4a", "stream"),
    "audio/wav": FileType("wav", "stream"),
    "video/mp4": FileType("mp4", "stream"),
    "video/quicktime": FileType("mov", "stream"),
}
"""By media type (IANA)."""
