"""HTTP around the city.

bodies    a request's bytes: size, gzip, JSON into a wire type, and answers back into bytes
routes    every place of the API in one table: who may ask, what is sent, what comes back, what can go wrong
examples  a message of each kind, for the pages
service   a route as an HTTP handler: proof and token, thread, transaction, problem
openapi, pages  the same table as an OpenAPI 3.1 document and as a page to read
"""
