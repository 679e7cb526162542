#!/usr/bin/env bash
# Go, with a folder as the module proxy and a module cache of its own.
set -euo pipefail
export GOPROXY="file://$1" GONOSUMDB='*' GOFLAGS=-modcacherw GOMODCACHE="$PWD/modules" CGO_ENABLED=1
mkdir quickstart && cd quickstart
go mod init quickstart 2>/dev/null
go get github.com/distributedlogs/distributedlogs/clients/go 2>/dev/null
cp "$EXAMPLES/go/quickstart.go" main.go
go run .
