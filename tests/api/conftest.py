from __future__ import annotations

import pytest

from tests.api.frame import Frame


@pytest.fixture
def frame() -> Frame:
    return Frame()
