"""Reads a policy document from text or plain values, and reports faults at their place in it."""
