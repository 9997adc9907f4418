"""300 complaints with the texts of real Chinese product reviews, filed and handled on the local stack: `make demo-load`."""
