"""What a caller or a tenant may use: request rates, daily filings, receipt locks, plans and quotas."""
