"""Limits on callers and tenants: rates, daily complaints, wrong receipts, mails to an address, plans and quotas."""
