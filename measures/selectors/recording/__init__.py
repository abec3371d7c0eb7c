"""What the pages of recording show: cells, groups of indicators, sums, occupations."""
