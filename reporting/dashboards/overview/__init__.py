"""The overview: what was promised, how far it has come, the Länder side by side, and who has reported."""
