"""300 real Chinese consumer complaints, filed and worked on the local stack: `make demo-load`."""
