"""Commands for authors, organisations and operators: `make check-policy`, `verify-record`, `ops` and `repair`."""
