"""Improvement actions: who does what by when against a cause of complaints, and whether it helped (P8.9)."""
