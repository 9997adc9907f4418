"""The texts of the pages: by name, in Chinese and English. `{…}` are values."""

from __future__ import annotations

from chalicelib.pages.texts import case, common, errors, filing, front

TEXTS: dict[str, tuple[str, str]] = {**common.TEXTS, **errors.TEXTS, **front.TEXTS, **filing.TEXTS, **case.TEXTS}
