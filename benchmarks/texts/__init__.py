"""Searches in texts: words, similar complaints, particulars."""
