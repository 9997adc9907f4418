"""`make demo-load`: 300 complaints with texts of real Chinese product reviews, filed and handled on the local stack."""
