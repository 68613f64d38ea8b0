"""The embedded model: rules and word lists behind the interface of a real endpoint.

It needs neither key nor network, so that a notebook with a model in it runs anywhere and gives the
same answer twice. `DemoTransport` answers an ``httpx.AsyncClient`` in the process;
``python -m respmagic.demo`` serves the same over HTTP.

It is no language model. What it does is what a model does *with tools*, written out plainly, one
room a step: `_request` reads, `_clauses` finds what is asked for, `_choose` picks the tools,
`_arguments` fills in their arguments, `_plan` puts calls in order, `_summary` tells the outcome.
"""

from respmagic.demo._transport import DemoTransport
from respmagic.demo._wire import MODEL

__all__ = ["MODEL", "DemoTransport"]
