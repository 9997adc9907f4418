"""Finds particulars of a case in a text for publication, in whichever form they are written."""
