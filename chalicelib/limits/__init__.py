"""Limits on callers and tenants: request rates, daily complaints, wrong receipts, plans and quotas."""
