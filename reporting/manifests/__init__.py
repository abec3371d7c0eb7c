"""What belongs to a release, by fingerprint, and the signature on it; pure."""
