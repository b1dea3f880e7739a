"""One module a format, a registry, loss reports."""
