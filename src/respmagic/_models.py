"""What a server lists when it is asked for its models."""

from __future__ import annotations

import httpx

from respmagic._connection import fetch
from respmagic._dialects.base import WebPage
from respmagic._dialects.errors import page_error
from respmagic._dialects.listing import Model, listed_models
from respmagic._dialects.profiles import DEMO
from respmagic._dialects.responses import Responses
from respmagic._endpoint import Endpoint
from respmagic._gateways import Gateway, remember_models
from respmagic._plan import checked_url, demo_transport

__all__ = ["models_of"]


async def models_of(gateway: Gateway, seconds: float) -> tuple[Model, ...]:
    """The models at `gateway`, kept for completion and advice.

    Args:
        gateway: whom to ask.
        seconds: after which it is given up.

    Raises:
        GatewayError: if it does not list them.
        OptionError: if its address is none.
    """
    endpoint = Endpoint(
        base_url=checked_url(gateway.base_url),
        dialect=Responses(gateway.profile),
        api_key=gateway.api_key,
        profile=gateway.profile,
        key_env=gateway.key_env,
    )
    transport = demo_transport() if gateway.base_url == DEMO.base_url else None
    async with httpx.AsyncClient(transport=transport) as http:
        body = await fetch(endpoint, http, "/models", seconds)
    try:
        models = listed_models(body)
    except WebPage:
        raise page_error(gateway.base_url) from None
    remember_models(gateway.base_url, tuple(model.name for model in models))
    return models
