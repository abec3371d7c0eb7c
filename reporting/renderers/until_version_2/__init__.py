"""The renderers of reports stored in schema versions 1 and 2, kept as they were."""
