// Logs through the OpenTelemetry SDK of Go; prints the rows that must come of it.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"strconv"
	"time"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/exporters/otlp/otlplog/otlploghttp"
	"go.opentelemetry.io/otel/log"
	sdklog "go.opentelemetry.io/otel/sdk/log"
	"go.opentelemetry.io/otel/sdk/resource"
	"go.opentelemetry.io/otel/trace"
)

type row map[string]any

var levels = []string{"TRACE", "DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"}

func expect(message, level string, more row) {
	more["message"], more["level"], more["service"], more["component"] = message, level, "otel-go", "shop"
	more["environment"], more["host"], more["language"], more["logger"] = "test", "web-6", "go", "cart"
	_ = json.NewEncoder(os.Stdout).Encode(more)
}

func main() {
	ctx := context.Background()
	exporter, err := otlploghttp.New(ctx, otlploghttp.WithEndpointURL(os.Args[1]+"/v1/logs"), otlploghttp.WithCompression(otlploghttp.GzipCompression))
	told, wrong := resource.New(ctx, resource.WithTelemetrySDK(), resource.WithAttributes(
		attribute.String("service.name", "otel-go"), attribute.String("service.namespace", "shop"),
		attribute.String("deployment.environment.name", "test"), attribute.String("host.name", "web-6")))
	provider := sdklog.NewLoggerProvider(sdklog.WithResource(told), sdklog.WithProcessor(sdklog.NewBatchProcessor(exporter)))
	logger := provider.Logger("cart", log.WithInstrumentationVersion("3.1"))
	for number, level := range levels {
		var record log.Record
		now := time.Now()
		record.SetTimestamp(now)
		record.SetSeverity(log.Severity(1 + 4*number))
		record.SetBody(attribute.StringValue("go " + level))
		record.AddAttributes(attribute.Int("n", number), attribute.Float64("ratio", 0.5), attribute.Bool("yes", true), attribute.ByteSlice("raw", []byte{0, 255}),
			attribute.Slice("list", attribute.StringValue("a"), attribute.IntValue(1)), attribute.Map("map", attribute.String("key", "ünïcödé 💳")))
		logger.Emit(ctx, record)
		expect("go "+level, level, row{"time_ns": strconv.FormatInt(now.UnixNano(), 10), "metadata": row{"n": number, "ratio": 0.5, "yes": true,
			"raw": "AP8=", "list": []any{"a", 1}, "map": row{"key": "ünïcödé 💳"}, "scope.version": "3.1"}})
	}
	var record log.Record
	record.SetEventName("go.paid")
	record.SetSeverity(log.SeverityInfo)
	traced, span := trace.TraceID{1, 2, 3}, trace.SpanID{4, 5, 6}
	logger.Emit(trace.ContextWithSpanContext(ctx, trace.NewSpanContext(trace.SpanContextConfig{TraceID: traced, SpanID: span})), record)
	expect("go.paid", "INFO", row{"event": "go.paid", "trace_id": traced.String(), "span_id": span.String()})
	if err := errors.Join(err, wrong, provider.Shutdown(ctx)); err != nil {
		panic(err)
	}
}
