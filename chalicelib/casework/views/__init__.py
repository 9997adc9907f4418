"""What readers see of a complaint."""
