"""The page of a single printed number."""
