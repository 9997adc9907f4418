"""Generates the OpenAPI document and the problem pages from the route contracts."""
