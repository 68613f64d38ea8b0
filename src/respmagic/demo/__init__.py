"""The embedded model: rules and word lists behind the interface of a real endpoint.

It needs neither key nor network, so that a notebook with a model in it runs anywhere and gives the
same answer twice. `DemoTransport` answers an ``httpx.AsyncClient`` in the process;
``python -m respmagic.demo`` serves the same over HTTP.

It is no language model. What it does is what a model does *with tools*, by one idea: of all ways to
read a prompt as calls, the one is meant that explains most of it. A room for each step:

* `_body` and `_request` read the request; `_about` reads what each tool says of itself
* `_text` takes the prompt apart: words (`_lexicon`) and typed values (`_values`)
* `_offers` tells what the text offers for a parameter: values of a kind that its part can have
  (`_roles`), words that are left over (`_runs`), with what the words beside say (`_near`, `_cues`)
* `_reading` is a tool's reading of a stretch of text: the best assignment of offers to parameters
  (`_assign`), what speaks for the tool (`_evidence`), and what stays unexplained
* `_division` cuts the text into calls (`_clauses`), so that their readings explain most; `_again`
  finds several values for one parameter, `_nested` one call inside another, and `_wanted` tells
  whether a call is wanted at all
* `_steps` puts the calls in order: at once, or after the output that they need (`_outputs`)
* `_summary`, `_talk` and `_structured` write the text; `_wire` makes responses and events of it

`_service` is the endpoint without a socket, which `_transport` and `_server` drive. Words, units
and languages are tables in `_concepts`, `_vocabulary`, `_words` and `_units`; no prompt or tool is
known by name.
"""

from respmagic.demo._transport import DemoTransport
from respmagic.demo._wire import MODEL

__all__ = ["MODEL", "DemoTransport"]
