"""Web addresses in texts that people and policies wrote: found in every disguise in which a mail program or a browser
still understands them, and left out."""
