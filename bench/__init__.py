"""Measurements that bind: ratios within one run, on a database of their own."""
