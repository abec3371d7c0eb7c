"""What everybody may read: published releases, their data and the proof of them."""
