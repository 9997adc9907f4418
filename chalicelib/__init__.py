"""Redress: many organisations, each running its own complaint procedure as data.

Time zones are those of the pinned `tzdata` wherever it runs, so that no deadline depends on what edition a system has.
"""

import os
import sys

os.environ["PYTHONTZPATH"] = ""  # read when `zoneinfo` is first imported
if "zoneinfo" in sys.modules:
    sys.modules["zoneinfo"].reset_tzpath(())
