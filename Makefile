# What a person runs. Everything else is called from here; `make` alone lists it.
SHELL := /usr/bin/env bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

MVN = hack/mvn
NAME ?= agent

.PHONY: help
help: ## list what there is
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

.PHONY: demo
demo: ## a cluster, Assay in it, and its main job played on it; the cluster is left running
	@kind/demo

.PHONY: demo-down
demo-down: ## remove every trace of the demo
	@kind/cluster down

.PHONY: test
test: ## every test: units, mock server, real API server, real cluster end to end
	@hack/test

.PHONY: story
story: ## play one story on the running cluster, such as NAME=vulnerable
	@kind/story $(NAME)

.PHONY: build
build: ## compile and package every module, without tests
	@$(MVN) -q -Dmaven.test.skip=true package

.PHONY: unit
unit: ## the tests that need no cluster: units, mock server, a real API server
	@KUBE_API_TEST_DIR="$$(hack/kube-api-test)" && export KUBE_API_TEST_DIR && $(MVN) --fail-at-end verify

.PHONY: generate
generate: ## make the CRDs in config/crd anew from the records in api-crds
	@$(MVN) -q -pl api-crds test -Dtest=CheckedInCrdsTest -Dtest.jvm.arguments=-Dassay.crds.update=true
	@git status --short config/crd

.PHONY: format
format: ## format the Java sources
	@$(MVN) -q spotless:apply

.PHONY: lint
lint: ## check the shell scripts (shellcheck)
	@hack/lint

.PHONY: images
images: ## build the container images from local files, without a registry
	@hack/images/build

.PHONY: cluster-up
cluster-up: ## bring up the throw-away cluster
	@kind/cluster up

.PHONY: cluster-down
cluster-down: ## remove the throw-away cluster
	@kind/cluster down

.PHONY: install
install: ## build the images and install Assay and the samples into the running cluster
	@kind/install

.PHONY: kube-api-test
kube-api-test: ## prepare the real API server that the tests start, print its folder (KUBE_API_TEST_DIR)
	@hack/kube-api-test

.PHONY: bench
bench: ## the figures of docs/benchmarks.md: transfer (alone), many Artifacts and rest (on the running cluster)
	@hack/bench/transfer
	@if kind/cluster running; then hack/bench/many; else echo "no cluster is up: make demo first for the others"; fi
