"""The reference e-Peken server: tills and buyers meet here. Knows the wire (`pos.sync.protocol`, `pos.sync.proof`) and no more of a till.

web       HTTP: bodies, proofs, routes, the OpenAPI page
sync      one round trip with a till: chains, operations, feed
orders    online orders: placing, moving along their edges, what till and buyer may ask
enrolment, tokens, proofs, goods, shop_work, summary: the rest of what the city remembers
tables, database, migrations: where it is kept (SQLite embedded, PostgreSQL for pilots; `shop` leads every key)
"""
