"""Webhooks (Standard Webhooks): configuration, delivery and replay."""
