"""300 real Chinese consumer complaints, filed and handled on the local stack: `make demo-load`."""
