# make demo   set up .venv and run the quickstart on the embedded model, in this terminal
# make lab    open the notebooks in JupyterLab
# make test   set up .venv and run everything that is quick: lint, types, tests, notebooks

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
K6 := .venv-ipykernel6
INTEROP := .venv-interop
NOTEBOOKS := $(wildcard notebooks/*.ipynb)
SIDE_BY_SIDE := -n auto --dist loadfile

# The embedded model answers; no key of yours is used, and nothing leaves this machine.
unexport OPENAI_API_KEY OPENAI_BASE_URL

.PHONY: help demo lab test check format notebooks test-ipykernel6 test-browser interop bench clean

help:
	@sed -n 's/^# \(make .*\)/\1/p' Makefile

demo: $(VENV)/demo
	@$(BIN)/python notebooks/show.py notebooks/quickstart.ipynb
	@echo
	@echo "To try it yourself in JupyterLab: make lab"

lab: $(VENV)/lab
	$(BIN)/jupyter lab notebooks/quickstart.ipynb

test: $(VENV)/dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/python -m pytest $(SIDE_BY_SIDE) --ignore tests/browser --ignore tests/interop
	$(BIN)/python -m pytest --nbval --nbval-current-env -p no:cacheprovider $(NOTEBOOKS)

check: test

format: $(VENV)/dev
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

# Run the notebooks and save their outputs, after a change that shows in them.
notebooks: $(VENV)/dev
	$(BIN)/python notebooks/show.py --save --quiet $(NOTEBOOKS)

# The same tests of kernels and notebooks on the oldest IPython and the older kernel.
test-ipykernel6: $(K6)/dev
	$(K6)/bin/python -m pytest $(SIDE_BY_SIDE) -m kernel --ignore tests/browser --ignore tests/interop
	$(K6)/bin/python -m pytest --nbval --nbval-current-env -p no:cacheprovider $(NOTEBOOKS)

# JupyterLab in Chromium; says so and passes where there is no Chromium.
test-browser: $(VENV)/browser
	$(BIN)/python -m pytest -m browser tests/browser

# A table of ratios; quote these, not the milliseconds of one machine.
bench: $(VENV)/bench
	$(BIN)/python benchmarks/run.py

# The same conversation with independent servers, each in an environment of its own, since what
# they pin does not agree. One that cannot be had is said, and its tests are skipped with the reason.
interop: $(VENV)/dev
	-@$(MAKE) --no-print-directory $(INTEROP)-aimock/made
	-@$(MAKE) --no-print-directory $(INTEROP)-litellm/made
	-@$(MAKE) --no-print-directory $(INTEROP)-transformers/made
	$(BIN)/python -m pytest -m interop tests/interop

$(INTEROP)-aimock/made:
	npm install --silent --no-audit --no-fund --ignore-scripts --prefix $(@D) @copilotkit/aimock@1
	@touch $@

$(INTEROP)-litellm/made:
	$(PYTHON) -m venv $(@D)
	$(@D)/bin/python -m pip install --quiet --disable-pip-version-check "litellm[proxy]>=1.100"
	@touch $@

$(INTEROP)-transformers/made:
	$(PYTHON) -m venv $(@D)
	$(@D)/bin/python -m pip install --quiet --disable-pip-version-check torch==2.13.0
	$(@D)/bin/python -m pip install --quiet --disable-pip-version-check "transformers[serving]>=5.20"
	@touch $@

$(VENV)/demo $(VENV)/lab $(VENV)/dev $(VENV)/browser $(VENV)/bench: $(VENV)/%: pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e ".[$*]"
	@touch $@

$(BIN)/python:
	$(PYTHON) -m venv $(VENV)

$(K6)/dev: pyproject.toml
	$(PYTHON) -m venv $(K6)
	$(K6)/bin/python -m pip install --quiet --disable-pip-version-check -e ".[test]" "ipykernel<7" "ipython<8.19"
	@touch $@

clean:
	rm -rf $(VENV) $(K6) $(INTEROP)-* build dist
	find . -name __pycache__ -prune -exec rm -rf {} +
