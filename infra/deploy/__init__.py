"""Deploys the package to AWS: `make deploy` and `make rollback` (docs/operations.md)."""
