"""Frequent calls, handed to moto without an HTTP request. For the local stack only."""
