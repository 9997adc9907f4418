"""Redress: a complaint-handling backend in which each organisation runs its own procedure as data.

Time zones come from the pinned package `tzdata`, not from the operating system. So deadlines are the same everywhere.
"""

import os
import sys

os.environ["PYTHONTZPATH"] = ""  # read when `zoneinfo` is first imported
if "zoneinfo" in sys.modules:
    sys.modules["zoneinfo"].reset_tzpath(())
