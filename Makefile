# The two commands of the README: `make site` and `make test`. Both set up what they need in .venv.

PYTHON ?= python3
BIN := .venv/bin

.PHONY: site test lint types tests test-hosts audit screens bench prove format lock messages rules clean

site: .venv/run.stamp
	$(BIN)/python build.py

test: lint types tests

lint: .venv/dev.stamp
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: .venv/dev.stamp
	$(BIN)/mypy

tests: .venv/dev.stamp
	$(BIN)/coverage erase
	$(BIN)/coverage run -m pytest -n auto --dist worksteal
	$(BIN)/coverage combine -q
	$(BIN)/coverage report --fail-under=95

# Real servers on this machine: nginx, Apache, OpenSSH, rsync, git (Debian: apt-get install nginx apache2
# openssh-server rsync git), Chromium, and those of requirements/hosts.txt. What is not there is skipped, and said.
test-hosts: .venv/hosts.stamp
	$(BIN)/python -m pytest -m hosts tests/hosts
	$(BIN)/python -m pytest tests/deploy/test_hosts.py

# The portal theme before axe, the Nu HTML checker (Java) and Lighthouse (Node); report in audit/. What cannot be
# installed is left out, and the report says so.
audit: .venv/dev.stamp
	test -f .venv/audit/stamp || { npm install --silent --no-fund --no-audit --prefix .venv/audit lighthouse@13 \
	    vnu-jar@26 && touch .venv/audit/stamp; } || echo "npm could not install Lighthouse and the Nu HTML checker"
	PYTHONPATH=. $(BIN)/python tools/audit.py --tools .venv/audit

# Pictures of every kind of page, in audit/screens/, to be looked at.
screens: .venv/dev.stamp
	PYTHONPATH=. $(BIN)/python tools/screens.py

format: .venv/dev.stamp
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# Gazette beside its peers on the same articles; see bench/README.md. A peer that cannot be installed is left
# out. Less of it: `make bench ARTICLES=1000 ROUNDS=1`; other options: `BENCH="--disk /var/tmp"`.
ARTICLES ?= 1000,5000,20000
ROUNDS ?= 5
bench: .venv/run.stamp
	test -d .venv/peers || $(PYTHON) -m venv .venv/peers
	-.venv/peers/bin/python -m pip install -q --disable-pip-version-check -r bench/requirements.txt
	PATH="$(CURDIR)/.venv/peers/bin:$$PATH" $(BIN)/python bench/run.py --articles $(ARTICLES) --rounds $(ROUNDS) $(BENCH)

# After any edits, and after any kill, the site is that of a clean build; takes an hour. See bench/README.md.
STEPS ?= 2000
KILLS ?= 200
prove: .venv/dev.stamp
	$(BIN)/python bench/edits.py --steps $(STEPS)
	$(BIN)/python bench/kills.py --count $(KILLS)

# Pins anew what the two commands install (needs the program uv).
lock:
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	    --no-emit-find-links --custom-compile-command "make lock" pyproject.toml -o requirements/run.txt
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	    --no-emit-find-links --custom-compile-command "make lock" --extra dev --extra deploy pyproject.toml \
	    -o requirements/dev.txt
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	    --no-emit-find-links --custom-compile-command "make lock" -c requirements/dev.txt requirements/hosts.in \
	    -o requirements/hosts.txt

# Brings the Chinese catalogue up to date with the texts in gazette/messages and of the gate's rules, and the
# themes' zh_TW ones with their zh_CN ones.
messages: .venv/dev.stamp
	$(BIN)/pybabel -q extract --no-location -k _ -o .venv/gazette.pot gazette/check gazette/messages
	$(BIN)/pybabel -q update --no-fuzzy-matching --ignore-obsolete -w 100 -D gazette -l zh_CN \
	    -i .venv/gazette.pot -d gazette/locale
	$(BIN)/python tools/traditional.py

# Writes the published list of the publication gate's rules.
rules: .venv/dev.stamp
	$(BIN)/python -c 'from pathlib import Path; from gazette.checking.rules_page import rules_page; \
	    [Path(f"docs/{l}/rules.md").write_text(rules_page(l), "utf-8") for l in ("en", "zh")]'

clean:
	$(BIN)/python build.py clean

.venv/bin/python:
	$(PYTHON) -c 'import sys; sys.exit("Gazette needs Python 3.11 or newer" if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv .venv

# Where Python is told to keep no compiled modules, each command would take 0.3 s to compile Gazette.
.venv/run.stamp: requirements/run.txt | .venv/bin/python
	$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements/run.txt
	$(BIN)/python -m compileall -q gazette
	touch $@

.venv/dev.stamp: requirements/dev.txt | .venv/bin/python
	$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements/dev.txt
	$(BIN)/python -m compileall -q gazette
	touch $@ .venv/run.stamp

.venv/hosts.stamp: requirements/hosts.txt .venv/dev.stamp
	$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements/hosts.txt
	touch $@
