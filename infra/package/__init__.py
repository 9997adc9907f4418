"""Builds the deployment package (`make package`)."""
