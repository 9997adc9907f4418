"""`make verify-record` reports a fault, without a traceback, whatever an archive contains."""

from __future__ import annotations

import json
import struct
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from chalicelib.features.exports import bounded_archive
from chalicelib.features.exports.verify_archive import verify
from infra.commands.verify_record import main, printable
from tests.helpers.nonempty import nonempty

HEAD = {"format": "redress-export/1"}
ESCAPE = "\x1b]0;pwned\x07\x1b[2J\u202e"


def packed(folder: Path, files: dict[str, bytes]) -> Path:
    path = folder / "hostile.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


def manifest(*lines: object) -> bytes:
    return "\n".join(json.dumps(line) for line in (HEAD, *lines)).encode()


ARCHIVES: dict[str, dict[str, bytes]] = {
    "no files": {},
    "an empty manifest": {"manifest.jsonl": b""},
    "a manifest that is a list": {"manifest.jsonl": b"[]"},
    "deep nesting": {"manifest.jsonl": b"[" * 200_000},
    "a huge number": {"manifest.jsonl": b"9" * 10_000},
    "half a character": {"manifest.jsonl": b"\xff\xfe"},
    "names that are no texts": {"manifest.jsonl": json.dumps(HEAD | {"gone": [1, None, "x"]}).encode()},
    "no hash": {"manifest.jsonl": manifest({"path": "organisation.json"}), "organisation.json": b"{}"},
    "an empty record": {
        "manifest.jsonl": manifest(),
        "organisation.json": b'{"events": [], "state": {"head": null, "seq": 0}}',
    },
    "events that are texts": {
        "manifest.jsonl": manifest(),
        "organisation.json": b'{"events": ["x"], "state": {"head": "", "seq": 1}}',
    },
}


@pytest.mark.parametrize("name", ARCHIVES)
def test_a_hostile_archive_has_a_fault(name: str, tmp_path: Path) -> None:
    path = packed(tmp_path, ARCHIVES[name])
    assert verify(str(path)).faults
    assert main(str(path), None) == 1


@pytest.mark.parametrize(("at", "value"), [(6, 0x0001), (8, 0x00FF)], ids=["encrypted", "an unknown method"])
def test_a_file_that_cannot_be_opened_is_a_fault(at: int, value: int, tmp_path: Path) -> None:
    """The header in the directory and the one at the file agree."""
    path = packed(tmp_path, {"manifest.jsonl": manifest()})
    raw = bytearray(path.read_bytes())
    directory = raw.index(b"PK\x01\x02")
    for start in (at, directory + at + 2):
        struct.pack_into("<H", raw, start, value)
    path.write_bytes(raw)
    assert verify(str(path)).faults


@pytest.mark.parametrize("name", ["manifest.jsonl", "organisation.json", "evidence/1/2", "surplus"])
def test_an_archive_that_inflates_to_too_much_is_not_read(name: str, tmp_path: Path) -> None:
    path = packed(tmp_path, {"manifest.jsonl": manifest({"path": name})} | {name: b" " * (40 << 20)})

    assert path.stat().st_size < 1 << 20
    with pytest.raises(zipfile.BadZipFile, match="inflate"):
        verify(str(path))
    assert main(str(path), None) == 2


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_methods_that_no_export_has_are_not_read(method: int, tmp_path: Path) -> None:
    path = tmp_path / "hostile.zip"
    with zipfile.ZipFile(path, "w", method) as archive:
        archive.writestr("manifest.jsonl", manifest())

    assert main(str(path), None) == 2


def test_a_size_that_the_directory_hides_is_not_inflated(tmp_path: Path) -> None:
    path = packed(tmp_path, {"manifest.jsonl": manifest() + b" " * (40 << 20)})
    raw = bytearray(path.read_bytes())
    struct.pack_into("<L", raw, raw.index(b"PK\x01\x02") + 24, 10)
    path.write_bytes(raw)

    assert verify(str(path)).faults


def test_a_document_is_read_up_to_a_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = packed(tmp_path, {"manifest.jsonl": manifest() + b"\n" + b" " * 5000})
    monkeypatch.setattr(bounded_archive, "LARGEST_DOCUMENT", 1000)

    assert verify(str(path)).faults == ["the archive cannot be read completely: ValueError"]


def test_a_damaged_stream_is_a_fault(tmp_path: Path) -> None:
    path = packed(tmp_path, {"manifest.jsonl": manifest(*({"path": str(n)} for n in range(1000)))})
    raw = bytearray(path.read_bytes())
    raw[60:300] = b"\xff" * 240
    path.write_bytes(raw)
    assert verify(str(path)).faults


def test_what_is_no_archive_is_told_without_a_traceback(tmp_path: Path) -> None:
    path = tmp_path / "x.zip"
    path.write_bytes(b"PK\x05\x06" + b"\xff" * 18)
    done = subprocess.run(
        [sys.executable, "-m", "infra.commands.verify_record", str(path)], capture_output=True, text=True, check=False
    )
    assert (done.returncode, "Traceback" in done.stderr) == (2, False)


def test_names_are_printed_without_control_sequences(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    head = json.dumps(HEAD | {"gone": [ESCAPE]}).encode()
    path = packed(tmp_path, {"manifest.jsonl": head, f"complaints/{ESCAPE}": b"{}"})
    assert main(str(path), None) == 1
    lines = nonempty(capsys.readouterr().out.splitlines())
    assert any("pwned" in line for line in lines)
    assert [line for line in lines if not line.isprintable()] == []


def test_printable_text_stays_as_it_is() -> None:
    assert printable("complaints/示例 1.jsonl") == "complaints/示例 1.jsonl"
    assert printable("\x1b[2J\ud800") == "\\x1b[2J\\ud800"
