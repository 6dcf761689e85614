# What a person runs. Everything else is called from here; `make` alone lists it.
SHELL := /usr/bin/env bash -euo pipefail -c
.DEFAULT_GOAL := help

JDK = $(shell hack/jdk)
MVN = JAVA_HOME="$(JDK)" mvn -B -ntp
NAME ?= agent

.PHONY: help
help: ## list what there is
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

.PHONY: build
build: ## compile and package every module, without tests
	@[ -n "$(JDK)" ] # hack/jdk has said what is missing
	$(MVN) -q -DskipTests package

.PHONY: unit
unit: ## the tests that need no cluster: units, mock server, a real API server
	@[ -n "$(JDK)" ]
	KUBE_API_TEST_DIR="$$(hack/kube-api-test)" $(MVN) verify

.PHONY: kube-api-test
kube-api-test: ## prepare the real API server that the tests start, print its folder (KUBE_API_TEST_DIR)
	@hack/kube-api-test
