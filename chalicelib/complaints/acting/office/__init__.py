"""The acts of the office that exist under every policy: notes, links, reassignment, legal holds, masks."""
