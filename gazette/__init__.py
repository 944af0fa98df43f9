"""Gazette: a static site generator for bureau publicity portals."""

__version__ = "0.1.0"
