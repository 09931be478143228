# Everything runs inside .venv, which `make setup` makes from the hashed lock file.
PYTHON ?= python3
BIN := .venv/bin
STAMP := .venv/.ready

.DEFAULT_GOAL := help
.PHONY: help setup demo test thorough check format migration weights report bench kill lock clean

help: ## what there is to make
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## (.*)/  make \1\t\2/' | expand -t 20

setup: $(STAMP) ## make .venv from the lock file

$(STAMP): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "Surefoot needs Python 3.11 or newer; this is " + sys.version.split()[0] + ". Try: make PYTHON=python3.12 setup")'
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $(STAMP)

demo: setup ## talk to the bot in a browser, no token needed
	$(BIN)/tgbot demo

# A file is one worker's: pytest 9.2 and xdist 3.8 do not understand each other on smaller groups.
test: setup ## every test, but the thorough ones
	$(BIN)/python -m pytest -q -n 2 --dist loadfile -m "not thorough"

thorough: setup ## the tests that learn weights, walk all of the check, or kill a bot; CI runs them too
	$(BIN)/python -m pytest -q -n 2 --dist loadfile -m thorough

check: setup ## format, lint, types, walls, content
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m content

format: setup ## put the code in order
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

migration: setup ## make migration m="what changes"
	$(BIN)/python -m alembic revision --autogenerate -m "$(m)"

weights: setup ## learn the weights of the danger screen and of the question router anew
	$(BIN)/python -m tgbot.training
	$(BIN)/python -m tgbot.training.questions

report: setup ## measure check, danger screen, answers and times, write their pages in docs
	$(BIN)/python -m tests.reports

bench: setup ## the benchmarks, with their ratios (reminders at smaller sizes)
	$(BIN)/python -m tests.benchmarks --quick

kill: setup ## kill -9 ten times while 10,000 reminders are sent, both databases
	TGBOT_TEST_KILL_DUE=10000 TGBOT_TEST_KILLS=10 $(BIN)/python -m pytest -q -s tests/e2e/test_kill_reminders.py

lock: setup ## write requirements.lock anew
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --group dev pyproject.toml -o requirements.lock

clean: ## throw .venv and caches away
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
