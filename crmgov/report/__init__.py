"""Renderers: one file per output format over the same values."""
