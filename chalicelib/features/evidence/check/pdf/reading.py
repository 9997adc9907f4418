"""Reads one PDF in a process of its own: `python -m chalicelib.features.evidence.check.pdf.reading SIZE < FILE > COPY`.

The exit code is the answer (`outcome`). The copy has no metadata. The limits are set before the parser is imported.
"""

from __future__ import annotations

import re
import resource
import sys
from typing import TYPE_CHECKING

from chalicelib.features.evidence.check.inflate import InflationBudget
from chalicelib.features.evidence.check.pdf import outcome
from chalicelib.features.evidence.refusal import Refusal

if TYPE_CHECKING:
    from pikepdf import Pdf

MEMORY = 640 * 1024 * 1024
"""Bytes of address space. The function has 1 GiB, of which its own process uses 150 MiB."""
CPU_SECONDS = 30
MOST_WRITTEN = 200 * 1024 * 1024
"""Bytes of the copy. A function's disk has 512 MiB."""
_MOST_INFLATED = 256 * 1024 * 1024
"""Bytes that the parser may decode one stream to. It decodes streams of objects and tables on its own."""
_GAVE_UP = (
    r"while reading|giving up|as null|null as value"
    r"|duplicated key /(?:S|A|AA|PA|NA|OpenAction|Next|N|URI|Base)\b"
)
"""In the parser's warnings about an object that it could not read, or that has two actions, of which another reader may
take the other. It repairs tables and lengths without loss.
"""
_NO_PAGES = r"unable to find page tree|root of pages tree has no /Kids"


def main(size: int) -> int:
    if sys.platform == "linux":  # macOS, where the local stack may run, knows no such limit
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (MOST_WRITTEN, MOST_WRITTEN))
    try:
        return _read(size)
    except Refusal as refusal:
        return outcome.exit_code(refusal)
    except MemoryError:
        return outcome.exit_code(Refusal("bomb"))


def _read(size: int) -> int:
    """Returns the exit code. Raises `Refusal`, MemoryError."""
    import pikepdf
    from pikepdf import settings

    from chalicelib.features.evidence.check.pdf import objects, revisions

    settings.set_qpdf_limits(
        parser_max_nesting=100,
        parser_max_container_size=2_000_000,
        doc_max_warnings=1000,
        max_stream_filters=4,
        flate_max_memory=_MOST_INFLATED,
        png_max_memory=_MOST_INFLATED,
        tiff_max_memory=_MOST_INFLATED,
        run_length_max_memory=_MOST_INFLATED,
    )
    try:
        with _open() as document:
            objects.check(document, InflationBudget(size))
            _require_whole(document)
            revisions.check(sys.stdin.buffer)
            return outcome.COPIED if _copy(document) else outcome.NOTHING_FOUND
    except pikepdf.PasswordError:
        raise Refusal("encrypted") from None
    except (pikepdf.PdfError, ValueError, TypeError, OverflowError) as error:
        _refuse_beyond_limits()
        if not _is_in_plain_text(str(error)):
            raise Refusal("broken") from None
    except (RuntimeError, LookupError, AttributeError):
        raise Refusal("not-scannable") from None  # the library failed on what is in the document
    return outcome.NOTHING_FOUND


def _copy(document: Pdf) -> bool:
    """Writes the document without metadata. False if it cannot be cleaned or written: then there is no copy."""
    import pikepdf

    from chalicelib.features.evidence.check.pdf import cleaning

    try:
        cleaning.clean(document)
        document.save(
            sys.stdout.buffer,
            fix_metadata_version=False,
            compress_streams=False,
            stream_decode_level=pikepdf.StreamDecodeLevel.none,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
        )
    except Exception:  # noqa: BLE001  whatever fails here, the document was checked, and only the copy is missing
        return False
    return True


def _is_in_plain_text(error: str) -> bool:
    """True for a document that has no pages to show, and no streams: the search of its bytes has seen everything."""
    sys.stdin.buffer.seek(0)
    return re.search(_NO_PAGES, error) is not None and b"stream" not in sys.stdin.buffer.read()


def _open() -> Pdf:
    import pikepdf

    mode = pikepdf.AccessMode.mmap
    return pikepdf.open(sys.stdin.buffer, access_mode=mode, suppress_warnings=True, inherit_page_attributes=False)


def _require_whole(document: Pdf) -> None:
    """Raises `Refusal` if the parser gave up on an object: another reader may understand what this one has not seen."""
    _refuse_beyond_limits()
    if any(re.search(_GAVE_UP, str(warning)) for warning in document.get_warnings()):
        raise Refusal("broken")


def _refuse_beyond_limits() -> None:
    from pikepdf import settings

    if settings.qpdf_limit_errors():
        raise Refusal("bomb")


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1])))
