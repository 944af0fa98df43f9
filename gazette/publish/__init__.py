"""Bytes -> output/."""
