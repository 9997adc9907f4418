"""Limits on callers and tenants: request rates, daily complaints, receipt locks, plans and quotas."""
