"""The embedded model: rules and word lists behind the interface of a real endpoint.

It needs neither key nor network, so that a notebook with a model in it runs anywhere and gives the
same answer twice. `DemoTransport` answers an ``httpx.AsyncClient`` in the process;
``python -m respmagic.demo`` serves the same over HTTP.

It is no language model. What it does is what a model does *with tools*, written out plainly, a room
for each step:

* `_body` and `_request` read the request; `_clauses` cuts the prompt into pieces
* `_choose` scores every tool for a piece; `_groups` puts together the pieces of one ask, and
  `_asks` tells how many calls the prompt wants
* `_values` finds what could be an argument; `_match` and `_arguments` give each to a parameter,
  by what the parameter is for (`_roles`, `_cues`, `_measures`)
* `_plan` puts the calls in order: at once, or after the output that they need; `_objects` tells
  which output is an object of the notebook that the next call may work on
* `_summary`, `_talk` and `_structured` write the text; `_wire` makes responses and events of it

`_service` is the endpoint without a socket, which `_transport` and `_server` drive. Words, units
and languages are tables in `_concepts`, `_vocabulary`, `_words` and `_units`; no prompt or tool is
known by name.
"""

from respmagic.demo._transport import DemoTransport
from respmagic.demo._wire import MODEL

__all__ = ["MODEL", "DemoTransport"]
