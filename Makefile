# The tools that are not part of the module, at the versions that CI uses.
GOLANGCI_LINT := v2.15.0
GOVULNCHECK := v1.9.0

GO ?= go
FUZZTIME ?= 10s
IMAGE ?= simulate-duo
SCIM_REPORTS ?= reports

.DEFAULT_GOAL := help
.PHONY: help check test race lint fmt bench fuzz docs snapshots build image containers matrix clean

help: ## show the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

check: lint race ## what to run before a commit

test: ## run all tests
	$(GO) test ./...

race: ## run all tests under the race detector
	$(GO) test -race ./...

lint: ## gofmt, go vet, golangci-lint
	@test -z "$$(gofmt -l .)" || { echo "not formatted, run make fmt:"; gofmt -l .; exit 1; }
	$(GO) vet ./...
	$(GO) run github.com/golangci/golangci-lint/v2/cmd/golangci-lint@$(GOLANGCI_LINT) run

fmt: ## format the code
	gofmt -w .

bench: ## measure the promised ratios, some minutes, and write BENCHMARKS.md; then run all benchmarks
	BENCHMARKS=$(abspath BENCHMARKS.md) $(GO) test -count 1 -timeout 30m -run '^TestBenchmarks$$' ./cmd/simulate-duo
	$(GO) test -run '^$$' -bench . -benchmem ./...

fuzz: ## run every fuzz target for FUZZTIME (10s)
	@for package in $$($(GO) list ./...); do \
		for target in $$($(GO) test -list '^Fuzz' $$package | grep '^Fuzz'); do \
			echo "$$package $$target"; \
			$(GO) test -run '^$$' -fuzz "^$$target\$$" -fuzztime $(FUZZTIME) -fuzzminimizetime 1x $$package || exit 1; \
		done; \
	done

docs: ## write features/README.md anew
	$(GO) run ./cmd/simulate-duo requirements --format markdown > features/README.md

snapshots: ## write the snapshots anew; then read the diff
	UPDATE_SNAPS=true $(GO) test ./...

build: ## build ./simulate-duo
	$(GO) build -trimpath -o simulate-duo ./cmd/simulate-duo

image: ## build the container image simulate-duo
	CGO_ENABLED=0 GOOS=linux $(GO) build -trimpath -ldflags '-s -w' -o simulate-duo ./cmd/simulate-duo
	docker build --tag $(IMAGE) .

containers: ## judge the targets of fixtures/targets in containers; SCIM_REPORTS keeps the reports
	mkdir -p $(SCIM_REPORTS)
	SCIM_REPORTS=$(abspath $(SCIM_REPORTS)) $(GO) test -count 1 -timeout 20m -v -run 'TestContainers$$' ./fixtures/targets

matrix: ## and set them side by side in SCIM_REPORTS/matrix.html
	$(MAKE) containers; status=$$?; \
	$(GO) run ./cmd/simulate-duo matrix $(SCIM_REPORTS)/*.json --out $(SCIM_REPORTS)/matrix.html && exit $$status

clean: ## remove what build and test leave behind
	rm -rf simulate-duo simulate-duo.exe coverage.out reports
