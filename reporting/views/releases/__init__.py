"""The pages around a release: deciding on it, readers before it, subscribers."""
