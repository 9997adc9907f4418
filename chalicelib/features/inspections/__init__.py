"""Inspection: a document about each period, that states how the procedure was kept. It never changes."""
