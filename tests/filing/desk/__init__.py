"""The intake at the desk: members file for somebody."""
