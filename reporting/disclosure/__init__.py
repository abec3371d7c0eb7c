"""Statistical disclosure control: no published table reveals a small number of persons.

``cells`` names the cells of the tables and how they add up, ``suppression`` chooses what is withheld (by
τ-Argus), ``programme`` works out what can be known of a cell (by HiGHS), ``printed`` reads what an edition
prints, and ``audit`` attacks an edition with it. Pure: plain data in, plain data out.
"""
