"""Statistical disclosure control: no published table reveals a small number of persons.

``cells`` names the cells of the tables, how they add up and what is small, ``suppression`` chooses what is
withheld (by τ-Argus), ``choosing`` has it choose with regard to earlier releases, ``programme`` works out
what can be known of a cell (by HiGHS), ``printed`` reads what an edition prints, and ``audit`` attacks an
edition with it. Pure: plain data in, plain data out.
"""
