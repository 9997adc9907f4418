"""The issuer with which people sign in to the pages of the local stack."""
