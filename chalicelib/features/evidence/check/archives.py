"""Checks ZIP archives and Office documents, which are ZIP archives. Every member is inflated once, within limits."""

from __future__ import annotations

import zipfile
import zlib
from typing import BinaryIO

from chalicelib.features.evidence.check.inflate import InflationBudget
from chalicelib.features.evidence.check.office import package
from chalicelib.features.evidence.check.zip import layout, members
from chalicelib.features.evidence.refusal import Refusal


def check(file: BinaryIO, size: int) -> str:
    """Returns the media type: an Office document's, or `application/zip`.

    Raises `Refusal` for a file that is broken, encrypted or a bomb, or has content that is not allowed.
    """
    budget = InflationBudget(size)
    try:
        with zipfile.ZipFile(file) as archive:
            layout.check(archive, file, size)
            if package.CONTENT_TYPES in archive.namelist():
                return package.check(archive, budget)
            members.check(archive, budget)
            return "application/zip"
    except RuntimeError:  # zipfile raises it for an encrypted entry
        raise Refusal("encrypted") from None
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, ValueError, OSError):
        raise Refusal("broken") from None
