"""``make demo``: the whole portal on one machine, with sample data, until Ctrl+C."""
