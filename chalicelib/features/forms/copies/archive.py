"""The ZIP file of a copy: a page to read, the same as JSON for programs, and the files."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterable
from typing import Any

from chalicelib.features.forms.copies.enclosed import CopiedFile

PAGE, DOCUMENT = "index.html", "case.json"
_NO_TIME = (2026, 1, 1, 0, 0, 0)
"""Of every file in the archive. Times are in the content."""


def archive(page: str, document: Any, files: Iterable[CopiedFile]) -> bytes:
    """`document`: of JSON types. Files are not compressed again: photos, PDFs and recordings are already."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as packed:
        _add(packed, PAGE, page.encode(), zipfile.ZIP_DEFLATED)
        _add(packed, DOCUMENT, json.dumps(document, ensure_ascii=False, indent=1).encode(), zipfile.ZIP_DEFLATED)
        for one in files:
            if one.path:
                _add(packed, one.path, one.content, zipfile.ZIP_STORED)
    return written.getvalue()


def _add(packed: zipfile.ZipFile, name: str, content: bytes, method: int) -> None:
    entry = zipfile.ZipInfo(name, _NO_TIME)
    entry.compress_type = method
    entry.external_attr = 0o644 << 16
    packed.writestr(entry, content)
