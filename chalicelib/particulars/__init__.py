"""Finds what identifies people in a text, in whichever form it is written."""
