"""Charts that are read from a metre away: bars by the hour or day, shares of a whole, a line that shows a trend, ranks.

Each can be gone through with the keyboard and says its figures to a screen reader; none computes anything.
"""
