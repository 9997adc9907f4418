"""The intake at the desk: members file what came by telephone, at the counter or by letter."""
