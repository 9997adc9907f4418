"""Images that are small files and need much memory or time are refused before they are decoded."""

from __future__ import annotations

import io
import struct
import subprocess
import sys
from collections.abc import Callable
from functools import cache, partial
from pathlib import Path

import pytest
from PIL import Image

from chalicelib.features.evidence.check import images
from chalicelib.features.evidence.refusal import Refusal
from tests.evidence.hostile.checks import passes, refused

ROOT = Path(__file__).parents[3]
MEMORY = 800
"""MiB that the process of the check may use. A function has 1 GiB."""


@cache
def jpeg(mode: str = "RGB", *, progressive: bool = False, subsampling: int = 2) -> bytes:
    out = io.BytesIO()
    Image.new(mode, (64, 64)).save(out, "JPEG", progressive=progressive, subsampling=subsampling)
    return out.getvalue()


def resized(content: bytes, width: int, height: int) -> bytes:
    """The JPEG with another size in its frame. It has too few data for this size, so it is not decodable to its end."""
    at = next(at for marker in (b"\xff\xc0", b"\xff\xc2") if (at := content.find(marker)) > 0) + 5
    return content[:at] + struct.pack(">HH", height, width) + content[at + 4 :]


def webp(width: int, height: int) -> bytes:
    """A lossless WEBP of one colour. Its pixels take no bits, so only the size in its head changes (RFC 9649, 3.4)."""
    out = io.BytesIO()
    Image.new("RGB", (64, 64)).save(out, "WEBP", lossless=True, method=0)
    content = bytearray(out.getvalue())
    at = content.index(b"VP8L") + 9
    kept = struct.unpack_from("<I", content, at)[0] & 0xF0000000
    struct.pack_into("<I", content, at, kept | height - 1 << 14 | width - 1)
    return bytes(content)


def with_scans(content: bytes, count: int) -> bytes:
    """Repeats the last scan."""
    at = content.rindex(b"\xff\xda")
    return content[:at] + content[at:-2] * count + b"\xff\xd9"


COSTLY: dict[str, bytes] = {
    "progressive": resized(jpeg(progressive=True), 16_000, 11_000),
    "progressive, all colours": resized(jpeg(progressive=True, subsampling=0), 12_000, 9_000),
    "progressive, four colours": resized(jpeg("CMYK", progressive=True), 9_000, 9_000),
    "a narrow image, which is not scaled down": resized(jpeg(), 60_000, 2_900),
    "many scans": with_scans(resized(jpeg(progressive=True), 4_000, 3_000), 200),
    "scans of one colour each": with_scans(resized(jpeg(), 16_000, 12_000), 4),
}


@pytest.mark.parametrize("how", COSTLY)
def test_a_jpeg_that_costs_too_much_is_refused(how: str) -> None:
    assert refused(COSTLY[how], "image/jpeg") == "bomb"


@pytest.mark.parametrize("kind", [0xC3, 0xC5, 0xCF])
def test_a_kind_of_jpeg_that_no_browser_shows_is_refused(kind: int) -> None:
    content = jpeg()
    at = content.index(b"\xff\xc0")

    assert refused(content[: at + 1] + bytes([kind]) + content[at + 2 :], "image/jpeg") == "broken"


def test_a_jpeg_with_two_frames_is_refused() -> None:
    content = jpeg()
    at = content.index(b"\xff\xc0")
    frame = content[at : at + 19]

    assert refused(content[:at] + frame + content[at:], "image/jpeg") == "broken"


@pytest.mark.parametrize("size", [(0, 64), (64, 0)])
def test_a_jpeg_without_a_size_is_refused(size: tuple[int, int]) -> None:
    assert refused(resized(jpeg(), *size), "image/jpeg") == "broken"


@pytest.mark.parametrize(
    ("at", "value"),
    [(1, 0xC3), (9, 0), (9, 4), (9, 5), (11, 0x01), (11, 0x10), (11, 0x51), (11, 0x15)],
    ids=["kind", "no component", "three of four", "three of five", "across 0", "down 0", "across 5", "down 5"],
)
def test_a_frame_that_contradicts_itself_is_refused_before_the_image_is_decoded(at: int, value: int) -> None:
    """`at`: from the frame's marker (ITU T.81 B.2.2)."""
    content = bytearray(jpeg())
    content[content.index(b"\xff\xc0") + at] = value

    assert too_costly(content) == "broken"


@pytest.mark.parametrize("factors", [0x11, 0x44])
def test_each_sampling_factor_that_the_standard_has_passes(factors: int) -> None:
    content = bytearray(jpeg())
    content[content.index(b"\xff\xc0") + 11] = factors

    assert too_costly(content) is None


def too_costly(content: bytes | bytearray) -> str | None:
    """The reason of the refusal."""
    try:
        images.check_jpeg(io.BytesIO(content))
    except Refusal as refusal:
        return refusal.reason
    return None


def test_a_webp_of_few_bytes_and_many_pixels_is_refused() -> None:
    content = webp(6_000, 6_000)

    assert len(content) < 1000
    assert refused(content, "image/webp") == "bomb"


@pytest.mark.parametrize("progressive", [False, True])
def test_photographs_of_cameras_pass(progressive: bool) -> None:
    out = io.BytesIO()
    Image.new("RGB", (4_000, 3_000)).save(out, "JPEG", progressive=progressive)

    assert passes(out.getvalue(), "image/jpeg")


def largest_jpeg(width: int, height: int) -> bytes:
    """A progressive JPEG of one colour, with a restart after each row of blocks (ITU T.81, B.2.1).

    Its rows are alike, so one is encoded and repeated. To encode all of them takes a second and hundreds of MiB.
    """
    out = io.BytesIO()
    row = Image.new("RGB", (width, 8))
    row.save(out, "JPEG", progressive=True, subsampling=0, restart_marker_rows=1)
    begin, *scans = resized(out.getvalue(), width, height).split(b"\xff\xda")
    return b"\xff\xda".join([begin, *(_repeated(scan, height // 8) for scan in scans)])


def _repeated(scan: bytes, rows: int) -> bytes:
    """`scan`: its head, the data of one row, and other segments if there are some before the next scan."""
    head = int.from_bytes(scan[:2])
    end = next((at for at in range(head, len(scan)) if scan[at] == 0xFF and scan[at + 1] != 0), len(scan))
    data = b"".join(scan[head:end] + bytes([0xFF, 0xD0 + row % 8]) for row in range(rows))
    return scan[:head] + data[:-2] + scan[end:]


def used(media_type: str, content: bytes) -> float:
    """MiB that a process uses which checks the image.

    The kernel's own peak (proc_pid_status(5)): `ru_maxrss` includes the process that started it.
    """
    check = f"""
import io, sys
from pathlib import Path
from chalicelib.features.evidence.check import images
images.check({media_type!r}, io.BytesIO(sys.stdin.buffer.read()))
[peak] = [line.split()[1] for line in Path("/proc/self/status").read_text().splitlines() if line[:6] == "VmHWM:"]
print(peak)"""
    done = subprocess.run([sys.executable, "-c", check], cwd=ROOT, input=content, capture_output=True, check=True)
    return int(done.stdout) / 1024


@pytest.mark.slow
@pytest.mark.parametrize(
    ("media_type", "made"),
    [("image/jpeg", partial(largest_jpeg, 7_200, 6_600)), ("image/webp", partial(webp, 5_600, 5_600))],
    ids=["JPEG", "WEBP"],
)
def test_the_costliest_images_that_pass_fit_into_a_function(media_type: str, made: Callable[[], bytes]) -> None:
    assert 200 < used(media_type, made()) < MEMORY
