"""Handlers of the Lambda functions other than the API, and the hourly job of a tenant."""
