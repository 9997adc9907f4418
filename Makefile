# Redress. `make help` lists the targets. Needs python3 (3.11 or newer), python3-venv and make.

SHELL := /bin/sh
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
GENERATOR := $(VENV)/openapi-client
MUTANTS := $(VENV)/mutants
PACKAGER := $(VENV)/package
CHECKOV := $(VENV)/checkov
RUNTIME ?= python3.13
PORT ?= 8000
NIGHTLY ?= 20
MINUTES ?= 480
SAMPLE ?= 1000

export AWS_EC2_METADATA_DISABLED = true
# Empty, so Python keeps byte code. Without it each test process rewrites all tests again, for nine seconds.
export PYTHONDONTWRITEBYTECODE =

.DEFAULT_GOAL := help
.PHONY: help environment install run test test-rest test-dates test-pages screenshots nightly nightly-features mutants preset-mutants lint shape openapi record examples check-policy verify-record packager package package-check checkov deploy rollback ops repair demo-load bench simulate test-engines rehearse verify-iam audit lock clean

help: ## list the targets
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

environment:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Redress needs Python 3.11 or newer; $(PYTHON) is $$($(PYTHON) --version 2>&1)." \
	         "Name another with PYTHON=, such as: make PYTHON=python3.13 $(MAKECMDGOALS)" >&2; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) || \
	  { rm -rf $(VENV); echo "The virtual environment could not be created. On Debian and Ubuntu: apt-get install python3-venv" >&2; exit 1; }
	@$(BIN)/python infra/install.py requirements-dev.txt $(STAMP)
	@$(BIN)/python -m infra.editor

install: environment ## create the virtual environments and install the pinned packages, if they have changed
	@test -x $(GENERATOR)/bin/python || $(BIN)/python -m venv $(GENERATOR) || { rm -rf $(GENERATOR); exit 1; }
	@$(GENERATOR)/bin/python infra/install.py requirements-openapi-client.txt $(GENERATOR)/.installed

run: environment ## run the local stack: PORT=8000, NOW=2026-11-27T09:00:00+08:00, DEMO="platform"
	@PORT='$(PORT)' exec $(BIN)/python -m infra.local

# Without two plugins that show fixtures: their hooks take 0.1 ms for each test.
PYTEST := $(BIN)/python -m pytest -n auto --dist worksteal -p no:setuponly -p no:setupplan

test: install ## run the tests by day in parallel: without slow ones, and one in three of many repetitions
	@$(PYTEST) --share day $(ARGS)

test-rest: install ## run the tests that `make test` leaves out
	@$(PYTEST) --share rest $(ARGS)

test-dates: install ## run all tests at four later dates, in three time zones: DATE="2027-06-15 10:00" ZONE=UTC ARGS=tests/infra (needs faketime)
	@DATE='$(DATE)' ZONE='$(ZONE)' $(BIN)/python -m infra.checks.dates $(PYTEST) $(ARGS)

test-pages: install ## try all procedures in a real browser, in both languages and sizes (needs Chromium, CJK fonts, and once the texts of demo-load from PyPI)
	@PAGES=all $(BIN)/python -m pytest -n auto --dist worksteal tests/across/browser $(ARGS)

screenshots: install ## write pictures of the pages to build/screenshots, and the README's to docs/images (needs Chromium)
	@POWERTOOLS_LOG_LEVEL=CRITICAL POWERTOOLS_METRICS_DISABLED=true $(BIN)/python -m tests.across.browser.screenshots build/screenshots docs/images

nightly: install ## run the long tests: those marked nightly, and property tests with NIGHTLY= times as many examples; PART=1/3
	@NIGHTLY='$(NIGHTLY)' $(BIN)/python -m pytest -n auto --dist worksteal -m nightly $(if $(PART),--part '$(PART)') $(ARGS)

nightly-features: install ## leave out one feature at a time, and test the rest, for about an hour: ONLY=ledgers QUICK=1 (collects the tests only) TESTS=tests/record
	@ONLY='$(ONLY)' QUICK='$(QUICK)' TESTS='$(TESTS)' $(BIN)/python -m tests.helpers.without_features

mutants: install ## change the code at a thousand places and count the changes that tests notice: MINUTES=480 SAMPLE=1000
	@test -x $(MUTANTS)/bin/python || $(BIN)/python -m venv $(MUTANTS) || { rm -rf $(MUTANTS); exit 1; }
	@$(MUTANTS)/bin/python infra/install.py requirements-mutants.txt $(MUTANTS)/.installed
	@$(BIN)/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))' \
	  > $$($(MUTANTS)/bin/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')/tests.pth
	@MINUTES='$(MINUTES)' SAMPLE='$(SAMPLE)' ONE_IN=20 nice -n 15 $(MUTANTS)/bin/python -m infra.mutation

preset-mutants: install ## judge every line of the presets that have changed: PRESET=platform ONLY=clocks. AGAIN="unnoticed broken" QUICK=1
	@nice $(BIN)/python -m tests.clauses.mutation $(PRESET) --again '$(AGAIN)' --only '$(ONLY)' $(if $(QUICK),--quick)

lint: install ## check style (ruff), types (mypy), import layers and the template (cfn-lint)
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/cfn-lint infra/template.yaml

shape: install ## sizes of files, functions and folders against their limits
	@$(BIN)/python -m infra.checks.shape

openapi: install ## generate docs/openapi.json, docs/problems.md, docs/policy-reference.md, docs/statistics.md, the schema of policies, parts of other documents
	@$(BIN)/python -m chalicelib.web.openapi.document docs/openapi.json
	@$(BIN)/python -m chalicelib.web.openapi.problem_pages docs/problems.md
	@$(BIN)/python -m infra.policy_keys chalicelib/policy/written_form.json docs/policy-reference.md
	@$(BIN)/python -m infra.documents.statistics_page docs/statistics.md
	@$(BIN)/python -m infra.documents.page_parts

record: install ## after new words of the policy language: generate the documents, record the words, and the answers that list them
	@$(MAKE) --no-print-directory openapi
	@$(BIN)/python -m tests.across.stored.write
	@$(BIN)/python -m infra.documents.page_parts
	@$(BIN)/python -m tests.across.recorded.write

examples: install ## record examples of responses that are missing or do not conform, and generate docs/openapi.json
	@$(BIN)/python -m tests.kernel.web.openapi.examples.record > /dev/null

check-policy: install ## list the faults of a policy document: FILE=my.yaml
	@$(BIN)/python -m infra.commands.check_policy '$(FILE)'

verify-record: install ## verify offline that an exported archive is complete and unchanged: FILE=export.zip ANCHOR=<root>
	@$(BIN)/python -m infra.commands.verify_record '$(FILE)' '$(ANCHOR)'

packager:
	@$(RUNTIME) -c 'import sys; sys.exit(sys.version_info[:2] != (3, 13))' 2> /dev/null || \
	  { echo "Packaging needs Python 3.13, on which the functions run; $(RUNTIME) is not there or is another." \
	         "Name one with RUNTIME=, such as: make RUNTIME=/opt/python3.13/bin/python3 package" >&2; exit 1; }
	@test -x $(PACKAGER)/bin/python || $(RUNTIME) -m venv $(PACKAGER) || { rm -rf $(PACKAGER); exit 1; }
	@$(PACKAGER)/bin/python infra/install.py requirements-package.txt $(PACKAGER)/.installed

package: environment packager ## build the deployment package in build/package: sam.json and two archives (needs Python 3.13)
	@$(PACKAGER)/bin/python -m infra.package build/package

# W1030 does not see that `RestoredTableStream`, empty by default, is used only where it is given.
package-check: package ## check the packaged template, and what AWS makes of it
	@$(BIN)/python -m infra.package.translate build/package/sam.json build/package/translated.json
	@$(BIN)/cfn-lint --ignore-checks W1030 -- build/package/sam.json build/package/translated.json
	@PACKAGE=build/package PACKAGER=$(CURDIR)/$(PACKAGER)/bin/python $(BIN)/python -m pytest -p no:xdist tests/infra/packaged.py

checkov: install package-check ## check the deployed template with checkov against the explained findings (infra/checks/checkov.yaml)
	@test -x $(CHECKOV)/bin/python || $(BIN)/python -m venv $(CHECKOV) || { rm -rf $(CHECKOV); exit 1; }
	@$(CHECKOV)/bin/python infra/install.py requirements-checkov.txt $(CHECKOV)/.installed
	@$(BIN)/python -m infra.checks.checkov build/package/translated.json $(CHECKOV)/bin/checkov

deploy: install packager ## deploy to AWS: STACK=redress BUCKET=code-bucket PARAMETERS="MailFrom=a@b.example Address=https://b.example" YES= PART=
	@PARAMETERS='$(PARAMETERS)' $(BIN)/python -m infra.deploy preflight '$(STACK)' '$(BUCKET)'
	@$(MAKE) --no-print-directory package-check
	@PARAMETERS='$(PARAMETERS)' YES='$(YES)' PART='$(PART)' $(BIN)/python -m infra.deploy deploy '$(STACK)' '$(BUCKET)' build/package

rollback: install ## take back a stuck change, or go back to the deployment before: STACK=redress BUCKET=code-bucket YES= PART=
	@YES='$(YES)' PART='$(PART)' $(BIN)/python -m infra.deploy rollback '$(STACK)' '$(BUCKET)'

ops: install ## ask a deployment as its operator (without words: lists the commands): make ops quarantine ADDRESS=https://complaints.example JSON=1
	@ADDRESS='$(ADDRESS)' $(BIN)/python -m infra.commands.ops $(filter-out ops,$(MAKECMDGOALS))

repair: install ## write again what follows from the events of ORGANISATION=id or all: STACK=redress (without it, the local stack) CHECK=1
	@ORGANISATION='$(ORGANISATION)' STACK='$(STACK)' CHECK='$(CHECK)' $(BIN)/python -m infra.commands.repair

demo-load: install ## file and process 300 complaints on the local stack, with texts of real reviews, and inspect the months
	@$(BIN)/python -m benchmarks.demo_load

bench: install ## run the benchmarks of docs/development/benchmarks.md: ONLY="sweep helpdesk"; with ONLY=search, TEXTS=1000000
	@$(BIN)/python -m benchmarks $(ONLY)

simulate: install ## simulate 10,000 tenants: a Monday, an outage, a backlog (docs/development/scale.md; about 20 minutes)
	@POWERTOOLS_METRICS_DISABLED=true $(BIN)/python -m benchmarks.simulation

test-engines: install ## run the store's contract tests on ministack and, with Java, on DynamoDB Local
	@$(BIN)/python -m infra.engines test

rehearse: package ## deploy the package to an emulator and take one complaint through its life (docs/development/rehearsal.md)
	@$(BIN)/python -m infra.rehearsal build/package

verify-iam: install ## check the IAM policies with an independent simulator: downloads an npm package to .cache/, needs Node 20 or newer
	@$(BIN)/python -m infra.iam.verify tests/across/isolation/iam_requests.yaml

audit: install ## check pinned packages for known vulnerabilities: exit 1 if found, 2 if PyPI's advisories are unreachable
	@$(BIN)/python -m infra.checks.audit requirements.txt

lock: install ## pin the requirements again
	@$(BIN)/uv pip compile -q --universal --generate-hashes --python-version 3.11 requirements.in -o requirements.txt
	@$(BIN)/uv pip compile -q --universal --generate-hashes --python-version 3.11 requirements-dev.in -o requirements-dev.txt
	@$(BIN)/uv pip compile -q --universal --generate-hashes --python-version 3.11 requirements-openapi-client.in -o requirements-openapi-client.txt
	@$(BIN)/uv pip compile -q --universal --generate-hashes --python-version 3.11 requirements-mutants.in -o requirements-mutants.txt
	@$(BIN)/uv pip compile -q --universal --generate-hashes --python-version 3.11 requirements-editor.in -o requirements-editor.txt
	@$(BIN)/uv pip compile -q --universal --generate-hashes --python-version 3.13 requirements-package.in -o requirements-package.txt
	@$(BIN)/uv pip compile -q --universal --generate-hashes --python-version 3.11 requirements-checkov.in -o requirements-checkov.txt

clean: ## remove build output; the virtual environment stays
	@rm -rf build .mypy_cache .ruff_cache .hypothesis

# The words behind `ops` are no targets. At the end of the file, so that none of them runs a target of the same name.
ifeq ($(firstword $(MAKECMDGOALS)),ops)
$(foreach word,$(filter-out ops,$(MAKECMDGOALS)),$(eval $(word): ; @:))
endif
