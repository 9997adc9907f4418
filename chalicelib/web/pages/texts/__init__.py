"""The texts of the pages: by name, in Chinese and English. `{…}` are values."""

from __future__ import annotations

from chalicelib.web.pages.texts import (
    case,
    common,
    demand,
    drawing,
    errors,
    figures,
    files,
    filing,
    founding,
    front,
    reference,
    register,
    report,
)

_PAGES = (common, errors, front, filing, case, drawing, files, demand, register, figures, report, reference, founding)
TEXTS: dict[str, tuple[str, str]] = {name: text for page in _PAGES for name, text in page.TEXTS.items()}
