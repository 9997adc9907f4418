"""Emulates API Gateway's REST API over HTTP."""
