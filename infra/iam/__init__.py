"""Evaluates the deployed IAM policies, because emulators ignore conditions. Not part of the deployment."""
