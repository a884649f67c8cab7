# What to do with Rollcall. `make` alone lists it; each target sets up what it needs first and skips what is done.

SHELL := /bin/bash
PROGRAMS := rollcalld rollcallctl rollcall-server
RELEASE := -c release --static-swift-stdlib
# What `make run` looks at: a camera's device, or a Y4M file, "-" for Y4M on standard input, or a folder of images;
# and whom it enrols: a folder with one folder of photographs per person.
CAMERA ?=
SOURCE ?=
PEOPLE ?=
export CAMERA SOURCE PEOPLE

.DEFAULT_GOAL := help
.PHONY: help setup models build run test check calibrate bench bench-build fuzz test-arm64 deb vmtest soak fleet plans clean

help: ## this list
	@echo "make TARGET, where TARGET is"
	@sed -n 's/^\([a-z0-9-]*\):.*## /  \1\t/p' $(firstword $(MAKEFILE_LIST)) | expand -t 14

setup: ## Debian packages, models and sample portraits; checks Swift
	@tools/setup

models: ## dlib's two models and the pack of them that the programs map, in var/models
	@tools/setup.d/10-debian-packages
	@tools/setup.d/30-models

build: setup ## the three programs, optimised, in .build/release
	@[ -x .build/release/rollcall-server ] || echo "==> the first build takes 6 to 15 minutes, most of it for" \
	    "rollcall-server, and warns of mktemp (in Swift's own library) and of files of a dependency: neither matters"
	@for program in $(PROGRAMS); do \
	    echo "==> building $$program"; \
	    swift build $(RELEASE) --product $$program || exit 1; \
	done
	@tools/check-binary

run: ## attendance on this machine and its pages, by CAMERA=/dev/video0, SOURCE=clip.y4m (or -, or a folder), or a sample stream
	@tools/run --check
	@$(MAKE) --no-print-directory build
	@tools/run

test: setup ## all tests
	@tools/test-tools
	@echo "==> testing"
	@tools/test-run

check: ## formatting, imports, scripts, units: what is cheap to check
	@tools/check

DESCRIPTORS ?= descriptors
calibrate: ## fits the identification's parameters on the people of DESCRIPTORS=folder (Sources/CCalibration)
	@tools/test-tools
	@OPENBLAS_NUM_THREADS=1 PYTHONPATH=var/python tools/calibrate/calibrate.py $(DESCRIPTORS) Sources/CCalibration/identification.bin

bench: bench-build ## the table of speeds beside dlib's, instructions of each stage, and bench.json
	@.build/release/rollcall-bench
	@tools/instructions/run bench.json

bench-build: setup ## the benchmark alone, .build/release/rollcall-bench; its --help lists what it measures
	@echo "==> building rollcall-bench"
	@swift build $(RELEASE) --product rollcall-bench

# Two folders with one folder of portraits or clips for each person; nobody may be in both.
FIT ?=
TEST ?=
liveness: setup ## simulated attacks from the people of FIT=folder, the liveness model fitted to them, tried on those of TEST=folder
	@tools/test-tools
	@tools/liveness/run "$(FIT)" "$(TEST)"

fuzz: setup ## the vision core beside dlib and ten minutes of damaged input for the C and C++ code, under AddressSanitizer
	@tools/fuzz/run

test-arm64: setup ## the C and C++ targets built for 64-bit ARM, and their tests and the parity with dlib there, under emulation
	@tools/arm64/run

deb: build ## Debian packages of terminal and server, in .build/deb
	@tools/deb/build

vmtest: deb ## scenarios in a machine under emulation with a real camera driver and systemd (SCENARIO=001 for one); needs root
	@tools/sample-stream var/portraits var/sample
	@echo "==> building outbox-crash-child"
	@swift build $(RELEASE) --product outbox-crash-child
	@tools/vm/build
	@tools/vm/image
	@Tests/VM/run $(SCENARIO)

HOURS ?= 2
soak: build ## HOURS=2 of arrivals with faults: memory, file descriptors, late frames, marks in and out; as root the disk fills too
	@tools/sample-stream var/portraits var/sample
	@tools/soak/run $(HOURS)

TERMINALS ?= 2000
MINUTES ?= 20
fleet: build ## a school morning of TERMINALS=2000 in MINUTES=20 against the server, on SQLite and on PostgreSQL with two servers
	@tools/fleet/run --terminals $(TERMINALS) --minutes $(MINUTES) --database sqlite
	@tools/fleet/run --terminals $(TERMINALS) --minutes $(MINUTES) --database postgres --servers 2

plans: build ## the ten most frequent queries at ten million marks: their plans and times, on SQLite and on PostgreSQL
	@tools/fleet/plans

clean: ## removes what was built and the demonstration's state; keeps models and portraits
	rm -rf .build var/run var/sample var/fleet var/plans bench.json
