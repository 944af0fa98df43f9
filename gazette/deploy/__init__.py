"""Putting the built site on a host: only what changed, and in an order that no reader notices."""
