"""Bytes of many formats -> Article."""
