"""The training market: supply, demand and their ratios, formed from sums and never averaged."""
