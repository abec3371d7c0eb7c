"""The project: wiring, no behaviour. Importing it chooses no settings; each entry point chooses its own."""
