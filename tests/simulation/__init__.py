"""A city in one thread: tills, shops, buyers and the central, on real SQL, with everything that goes wrong between them, by a seed.

`python -m tests.simulation --seeds 200` plays seeds 0 to 199 and prints `200 seeds, m steps, 0 violations`; a seed that fails is printed
with the command that plays it again, effect for effect. `--faults end` (the default) lets the faults end now and then, and then
everything must come right (safety and liveness); `--faults endless` never does (safety alone).

Real are: the till's verbs, its store, engine, client, pairing and proofs of its key; the central's routes, database and rules. Played are
the clock, the wire (requests cross as bytes), the disk's room and the moment of each death.

times       the one clock, and tills' clocks that are wrong by years
disk        a store that dies at a chosen effect, or has no room left
line        what happens to a request on its way
office      the central: asked with bytes, put back to an older file, restarted, updated
counter     a till: what a person does at it, its deaths, copies and restores
street      buyers
faults      which of all this a seed plays with
city        all of it together, step by step, and the quiet periods
records     what was promised and seen by anyone, so that it can be held against what is there
invariants  the fifteen of the design page, by number
playing     one seed from beginning to end
"""
