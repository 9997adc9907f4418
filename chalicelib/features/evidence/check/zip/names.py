"""Names of the members of an archive: where they are unpacked to, and which program would open them."""

from __future__ import annotations

import struct

from chalicelib.features.evidence.refusal import Refusal

EXTENSIONS = {
    "image/jpeg": {"jpg", "jpeg", "jpe", "jfif"},
    "image/png": {"png"},
    "image/webp": {"webp"},
    "image/heic": {"heic", "heif", "hif"},
    "application/pdf": {"pdf"},
    "text/plain": {"txt", "text", "log", "md", "json", "srt", "vtt"},
    "audio/mpeg": {"mp3"},
    "audio/mp4": {"m4a", "mp4"},
    "audio/wav": {"wav"},
    "video/mp4": {"mp4", "m4v", "3gp"},
    "video/quicktime": {"mov", "qt"},
}
"""By media type. Windows decides by it which program opens a file, and every script is plain text. CSV is not here,
because a spreadsheet program runs its formulas."""
_EXTRA, _UNICODE_PATH, _PATH_HEAD = struct.Struct("<HH"), 0x7075, 5
"""Fields of APPNOTE 4.5: id and size; the id of a second name; the bytes before that name."""
_WINDOWS_IGNORES = ". "
"""Windows leaves out these characters at the end of a name."""


def check(name: str) -> None:
    """Raises `Refusal("active-content")` for a name outside the archive's folder, or one that hides what it is."""
    path = name.replace("\\", "/").rstrip("/")
    parts = path.split("/")
    if not path or path.startswith("/") or ".." in parts or ":" in path or not path.isprintable():
        raise Refusal("active-content")
    if any(part != part.rstrip(_WINDOWS_IGNORES) for part in parts):
        raise Refusal("active-content")


def check_extra(name: str, extra: bytes) -> None:
    """Some programs take a member's name from its extra field. That name must be as harmless, and of the same kind."""
    while len(extra) >= _EXTRA.size:
        kind, size = _EXTRA.unpack_from(extra)
        if kind == _UNICODE_PATH:
            other = extra[_EXTRA.size + _PATH_HEAD : _EXTRA.size + size].decode("utf-8", "replace")
            check(other)
            if _extension(other) != _extension(name):
                raise Refusal("active-content")
        extra = extra[_EXTRA.size + size :]


def check_extension(name: str, media_type: str) -> None:
    """A name without an extension is good for each type. Raises `Refusal("active-content")`."""
    if _extension(name) not in {"", *EXTENSIONS[media_type]}:
        raise Refusal("active-content")


def _extension(name: str) -> str:
    _, dot, extension = name.replace("\\", "/").rpartition("/")[2].rpartition(".")
    return extension.lower() if dot else ""
