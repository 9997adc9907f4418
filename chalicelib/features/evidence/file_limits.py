"""Limits on the names and sizes of files, and on the time that uploads and checks may take."""

from __future__ import annotations

import re

from chalicelib.kit.instants import DAY, HOUR, MINUTE
from chalicelib.kit.problem import Text
from chalicelib.policy.language.file_types import FILE_TYPES, MAX_INSPECTED_BYTES, MIB

_PROGRAMS = """
ade adp app appref-ms apk application appx bas bat cer chm cmd cnt com cpl crt csh der dll dmg docm dotm exe fxp gadget
grp hlp hpj hta htm html img inf ins iso isp jar jnlp js jse ksh lib library-ms lnk mad maf mag mam maq mar mas mat mau
mav maw mcf mda mdb mde mdt mdw mdz mht mhtml msc msh msh1 msh2 mshxml msi msp mst msu ops osd pcd pif pkg plg ppam pptm
prf prg printerexport ps1 ps1xml ps2 ps2xml psc1 psc2 psd1 psdm1 psm1 pst py pyc pyo pyw pyz reg scf scr sct search-ms
settingcontent-ms sh shb shs svg svgz sys theme tmp url vb vbe vbp vbs vhd vhdx vxd webpnp website ws wsc wsf wsh xbap
xhtml xlam xll xlsm xltm xml xnk
"""
"""Extensions that mail programs block, and of documents that browsers and offices run."""
MAX_NAME_LENGTH = 255
"""Characters."""
_LONGEST_ENDING = 20
"""Characters of an ending that a name keeps when it is cut."""
LARGEST_POST = MAX_INSPECTED_BYTES
"""Bytes. A larger file is uploaded in parts."""
LARGEST = 5 * 1024 * MIB
"""Bytes. S3's limit for one CopyObject call, so that sealing is one step."""
PART = 16 * MIB
"""Bytes of every part but the last."""
TICKET_SECONDS = 300
FORM_SECONDS = 600
"""Lifetime of the ticket in the form of a page. A page that is loaded again has a new one."""
MOST_BY_FORM = 20 * MIB
"""Bytes of a file that the form of a page sends. They are reserved until it arrives, whatever its size."""
PARTS_SECONDS = 600
"""Lifetime of a part's ticket. Repeating the declaration gives new tickets, for up to a day."""
LINK_SECONDS = 120
WAITED = HOUR
"""Real time from the declaration until the upload expires. New tickets can be requested in this time."""
WAITED_FOR_PARTS = DAY
CHECKED_WITHIN = DAY
"""Real time from the upload until a check without a verdict is abandoned."""
RESUMED_AFTER = 20 * MINUTE
"""Domain time after which the sweep resumes an unfinished check. It is longer than any Lambda function runs."""


def largest(media_type: str, plan_bytes: int) -> int:
    """Largest size in bytes of a file of this type. `plan_bytes`: the evidence quota of the organisation's plan."""
    return min(LARGEST, plan_bytes) if FILE_TYPES[media_type].streamed else min(MAX_INSPECTED_BYTES, plan_bytes)


def count_of_parts(size: int) -> int:
    """How many parts a file of this size in bytes has. `size` may be any number, as a caller declared it."""
    return -(-size // PART)


def sizes_of_parts(size: int) -> list[int]:
    """The size of each part, in bytes."""
    whole, rest = divmod(size, PART)
    return [PART] * whole + ([rest] if rest else [])


def name_fault(name: str) -> str | None:
    """The fault of a declared name, or None. Characters that change the text direction count as not printable."""
    if not name.strip() or len(name) > MAX_NAME_LENGTH or not name.isprintable():
        return Text("must be 1 to {most} printable characters", most=MAX_NAME_LENGTH)
    if "/" in name or "\\" in name or not name.strip(". "):
        return "must be a name, not a path"
    return None


def cleaned_name(given: str) -> str:
    """A name as a device gives it, without its path and what is not printable, cut before its ending if it is too long.

    Empty if no name is left.
    """
    last = re.split(r"[/\\\\]", given)[-1]
    name = "".join(sign for sign in last if sign.isprintable()).strip()
    return cut_name(name, MAX_NAME_LENGTH) if name.strip(". ") else ""


def cut_name(name: str, most: int) -> str:
    """The name with at most so many characters. It keeps its ending."""
    stem, dot, ending = name.rpartition(".")
    if len(name) <= most or not stem or len(ending) > _LONGEST_ENDING:
        return name[:most].rstrip()
    return stem[: most - len(dot + ending)].rstrip() + dot + ending


def has_ending(name: str) -> bool:
    """Whether a device can tell a type from the name: `list.7z`, but not `report v1.2`, `Mr. Li` or `.hidden`."""
    stem, _, ending = name.rstrip(". ").rpartition(".")
    return (
        bool(stem) and len(ending) <= _LONGEST_ENDING and ending.isascii() and ending.isalnum() and not ending.isdigit()
    )


def download_name(name: str, media_type: str) -> str:
    """The declared name. One by which Windows would run the file gets the extension of its type: `a.bat.txt`."""
    extension = name.rstrip(". ").rpartition(".")[2].lower()
    return f"{name}.{FILE_TYPES[media_type].extension}" if extension in _PROGRAMS.split() else name


def neutral_name(kind: str, evidence_id: str, media_type: str) -> str:
    """A name that tells nothing about the person who gave the file: `photo-1f3a9c04.jpg`."""
    return f"{kind}-{evidence_id[:8]}.{FILE_TYPES[media_type].extension}"
