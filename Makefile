# Redress. `make help` lists what there is. Needs python3 (3.11 or newer), python3-venv and make.

SHELL := /bin/sh
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
PORT ?= 8000
NIGHTLY ?= 20

export AWS_EC2_METADATA_DISABLED = true

.DEFAULT_GOAL := help
.PHONY: help install run test nightly lint shape openapi check-policy verify-record package package-check demo-load bench simulate test-engines rehearse verify-iam audit lock clean

help: ## list the targets
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

install: ## make the virtual environment and install what is pinned, when that has changed
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Redress needs Python 3.11 or newer; $(PYTHON) is $$($(PYTHON) --version 2>&1)." \
	         "Name another with PYTHON=, such as: make PYTHON=python3.13 $(MAKECMDGOALS)" >&2; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) || \
	  { rm -rf $(VENV); echo "No virtual environment could be made. On Debian and Ubuntu: apt-get install python3-venv" >&2; exit 1; }
	@$(BIN)/python infra/install.py requirements-dev.txt $(STAMP)

run: install ## start the local stack: PORT=8000, NOW=2026-11-27T09:00:00+08:00
	@PORT='$(PORT)' exec $(BIN)/python -m infra.local

test: install ## every test, in parallel
	@$(BIN)/python -m pytest -n auto --dist worksteal $(ARGS)

nightly: install ## the long searches: those marked nightly, and every property with NIGHTLY= times as many examples
	@NIGHTLY='$(NIGHTLY)' $(BIN)/python -m pytest -n auto --dist worksteal -m nightly $(ARGS)

lint: install ## ruff, strict types, import layers, cfn-lint
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/cfn-lint infra/template.yaml

shape: install ## sizes of files, functions and folders against their limits
	@$(BIN)/python -m infra.shape

openapi: install ## write docs/openapi.json and docs/problems.md from the routes and the table of problems
	@$(BIN)/python -m chalicelib.http.openapi.document docs/openapi.json
	@$(BIN)/python -m chalicelib.http.openapi.problem_pages docs/problems.md

check-policy: install ## what is wrong with a policy document: FILE=my.yaml
	@$(BIN)/python -m infra.check_policy '$(FILE)'

verify-record: install ## whether an exported archive is whole and unchanged, offline: FILE=export.zip ANCHOR=<root>
	@$(BIN)/python -m infra.verify_record '$(FILE)' '$(ANCHOR)'

package: install ## what is deployed: build/package/sam.json, deployment.zip, layer-deployment.zip
	@$(BIN)/python -m infra.package build/package

package-check: package ## the packaged template is what the tests expect
	@$(BIN)/cfn-lint build/package/sam.json
	@PACKAGE=build/package $(BIN)/python -m pytest -p no:xdist tests/infra/packaged.py

demo-load: install ## file and work 300 real complaints on the local stack
	@$(BIN)/python -m benchmarks.demo_load

bench: install ## the measurements of docs/benchmarks.md: ONLY="sweep helpdesk"
	@$(BIN)/python -m benchmarks $(ONLY)

simulate: install ## 10,000 tenants on a Monday, in an outage, beside a backlog: docs/scale.md, some 20 minutes
	@POWERTOOLS_METRICS_DISABLED=true $(BIN)/python -m benchmarks.simulation

test-engines: install ## the store's contract on ministack and, where Java is, DynamoDB Local
	@$(BIN)/python -m infra.engines test

rehearse: package ## the package through CloudFormation into an emulator, and one complaint's life there (docs/rehearsal.md)
	@$(BIN)/python -m infra.rehearsal build/package

verify-iam: install ## a second opinion on the IAM policies: fetches an npm package into .cache/, needs Node 20
	@$(BIN)/python -m infra.iam.verify tests/isolation/iam_requests.yaml

audit: install ## known vulnerabilities of what is pinned: 1 where one is found, 2 where PyPI's advisories were not reached
	@$(BIN)/python -m infra.audit requirements.txt

lock: install ## pin requirements.in and requirements-dev.in anew
	@$(BIN)/uv pip compile -q --universal --generate-hashes --python-version 3.11 requirements.in -o requirements.txt
	@$(BIN)/uv pip compile -q --universal --generate-hashes --python-version 3.11 requirements-dev.in -o requirements-dev.txt

clean: ## remove what was built; the virtual environment stays
	@rm -rf build .mypy_cache .ruff_cache .hypothesis
