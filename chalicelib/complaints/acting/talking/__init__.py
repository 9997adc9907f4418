"""What complainants say to the office, and the office to them, outside the steps of the procedure."""
