"""Online orders. The server alone decides.

book      an order as it is kept; its statuses and legal edges
moving    from one status to the next: version, event, reservation, cap, feed
listing   what buyers may see and buy
placing   what a buyer may ask: place, pay, cancel, see
commands  what a till may ask: accept, reject, ready; and the hand-over, which is a fact
codes     short codes and their signed form
"""
