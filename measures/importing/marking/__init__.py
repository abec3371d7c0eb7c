"""A file handed back with its problems: cells coloured and commented, and a sheet that lists them."""
