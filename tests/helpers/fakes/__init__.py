"""Fakes: in-memory stand-ins for every port of `chalicelib.ports`, and a wiring made of them."""
