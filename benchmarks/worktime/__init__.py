"""Working-time arithmetic compared with other libraries."""
