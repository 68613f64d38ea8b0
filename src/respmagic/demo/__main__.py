"""``python -m respmagic.demo``: the embedded model as a server."""

import sys

from respmagic.demo._server import main

if __name__ == "__main__":
    sys.exit(main())
