"""Site -> bytes."""
