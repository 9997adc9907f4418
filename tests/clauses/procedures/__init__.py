"""The example procedures in `docs/examples`, filed and handled over HTTP."""
