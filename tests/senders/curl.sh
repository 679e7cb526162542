#!/usr/bin/env bash
# Sends one record to each route with curl; prints the rows that must come of it.
set -euo pipefail
url=$1 ns=$(date +%s%N)
post() { curl -sSf -o /dev/null -H "Content-Type: $2" --data-binary "$3" "$url$1"; }
post /v1/logs application/json "{\"resourceLogs\":[{\"resource\":{\"attributes\":[{\"key\":\"service.name\",\"value\":{\"stringValue\":\"curl-otlp\"}}]},\"scopeLogs\":[{\"logRecords\":[{\"timeUnixNano\":\"$ns\",\"severityNumber\":13,\"body\":{\"stringValue\":\"curl otlp\"}}]}]}]}"
post /loki/api/v1/push application/json "{\"streams\":[{\"stream\":{\"app\":\"curl-loki\",\"level\":\"error\"},\"values\":[[\"$ns\",\"curl loki\",{\"trace_id\":\"t1\"}]]}]}"
post /logs/_bulk application/x-ndjson $'{"index":{}}\n{"message":"curl bulk","level":"debug","service":"curl-bulk"}\n'
echo "{\"message\": \"curl otlp\", \"level\": \"WARNING\", \"service\": \"curl-otlp\", \"language\": \"http\", \"time_ns\": \"$ns\"}"
echo "{\"message\": \"curl loki\", \"level\": \"ERROR\", \"service\": \"curl-loki\", \"trace_id\": \"t1\", \"time_ns\": \"$ns\"}"
echo '{"message": "curl bulk", "level": "DEBUG", "service": "curl-bulk"}'
