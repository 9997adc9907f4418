"""Previews and examples: what a policy would do, without a complaint on record."""
