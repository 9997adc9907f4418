"""ZIP archives and Office documents, well-formed and hostile."""

from __future__ import annotations

import io
import stat
import zipfile
from collections.abc import Callable, Mapping

_OFFICE = "application/vnd.openxmlformats-officedocument."
_TYPE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
MAIN = f"{_OFFICE}wordprocessingml.document.main+xml"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
TABLE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/"
_NAMESPACES = f'xmlns:w="{WORD}" xmlns:r="urn:r" xmlns:v="urn:v" xmlns:a="urn:a" xmlns:z="urn:z"'


def archive(*members: tuple[str | zipfile.ZipInfo, bytes], comment: bytes = b"") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in members:
            file.writestr(name, content)
        file.comment = comment
    return out.getvalue()


def link(name: str, *, kind: int = stat.S_IFLNK) -> zipfile.ZipInfo:
    """A member that Unix programs unpack as a symbolic link, or as another `kind` of file."""
    info = zipfile.ZipInfo(name)
    info.create_system, info.external_attr = 3, (kind | 0o777) << 16
    return info


def relationship(kind: str, target: str, mode: str = "", *, prefix: str = _TYPE) -> str:
    attributes = f' TargetMode="{mode}"' if mode else ""
    return f'<Relationship Id="r1" Type="{prefix}{kind}" Target="{target}"{attributes}/>'


def office(
    parts: Mapping[str, tuple[str, bytes]] | None = None,
    *,
    body: str = "",
    relationships: str = "",
    main: str = MAIN,
    root: str = "document",
) -> bytes:
    """A document as Word writes it. `parts`: further parts by name, each with its content type and content."""
    all_parts = {
        "word/document.xml": (main, f"<w:{root} {_NAMESPACES}><w:body>{body}</w:body></w:{root}>".encode()),
        "docProps/core.xml": ("application/vnd.openxmlformats-package.core-properties+xml", b"<cp/>"),
        **(parts or {}),
    }
    overrides = "".join(f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, (kind, _) in all_parts.items())
    rels = '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    return archive(
        ("[Content_Types].xml", content_types(rels + overrides)),
        ("_rels/.rels", _links(relationship("officeDocument", "word/document.xml"))),
        ("word/_rels/document.xml.rels", _links(relationships)),
        *((name, content) for name, (_, content) in all_parts.items()),
    )


def changed(content: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    """The archive with another content of one member."""
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        members = [(each, file.read(each)) for each in file.namelist()]
    return archive(*((each, change(found) if each == name else found) for each, found in members))


def content_types(rows: str) -> bytes:
    return f'<?xml version="1.0"?><Types xmlns="{_PACKAGE}content-types">{rows}</Types>'.encode()


def _links(found: str) -> bytes:
    return f'<?xml version="1.0"?><Relationships xmlns="{_PACKAGE}relationships">{found}</Relationships>'.encode()


def field(code: str, result: str = "") -> str:
    """A field of Word in runs of its own, as Word writes it."""
    inside = code if code.startswith("<") else f"<w:r><w:instrText>{code}</w:instrText></w:r>"
    begin, separate, end = (f'<w:r><w:fldChar w:fldCharType="{each}"/></w:r>' for each in ("begin", "separate", "end"))
    return f"{begin}{inside}{separate}<w:r><w:t>{result}</w:t></w:r>{end}"
