"""Long lists of the administration, exported and imported by a worker."""
