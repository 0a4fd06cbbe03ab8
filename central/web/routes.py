"""Every place of the API in one table. The handlers, the OpenAPI document and the page to read are all made of it."""

from __future__ import annotations

from typing import Final

from central.web.buyer_routes import BUYER_ROUTES
from central.web.officer_routes import OFFICER_ROUTES
from central.web.route import ANYWHERE, Answer, Call, Route, Who
from central.web.till_routes import TILL_ROUTES

ROUTES: Final = (*TILL_ROUTES, *BUYER_ROUTES, *OFFICER_ROUTES)

__all__ = ["ANYWHERE", "ROUTES", "Answer", "Call", "Route", "Who"]
