"""One round trip with a till.

chains      where a device's operations stand, and whether what is sent goes on from there; fencing
reading     an operation's payload: readable, in range, adding up
intake      what becomes of each operation of a batch; rows gathered and written at once
effects     what each kind of operation does
cursor, feed the shop's changes since a cursor, page by page
round_trip  all of it in one transaction, and the answer
"""
