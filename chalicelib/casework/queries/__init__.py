"""Queries: read models of complaints, units and work lists. They write nothing but the read log."""
