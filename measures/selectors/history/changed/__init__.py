"""What people keep and change: versions of organisations, the catalogue, meetings and resolutions."""
