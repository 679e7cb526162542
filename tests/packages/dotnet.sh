#!/usr/bin/env bash
# NuGet, with a folder of packages of its own, so that no earlier build of the same version is taken.
set -euo pipefail
export NUGET_PACKAGES="$PWD/packages" DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
mkdir quickstart && cd quickstart
cp "$HERE/dotnet.xml" quickstart.csproj
cp "$EXAMPLES/dotnet/Program.cs" .
dotnet add package DistributedLogging --source "$1" >restored || { cat restored && exit 1; }
dotnet run
