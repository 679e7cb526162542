package main

import (
	"bufio"
	"context"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"time"

	dlogs "github.com/distributedlogs/distributedlogs/clients/go"
	"github.com/rs/zerolog"
	"go.opentelemetry.io/contrib/bridges/otelslog"
	"go.opentelemetry.io/otel/exporters/otlp/otlplog/otlploghttp"
	sdklog "go.opentelemetry.io/otel/sdk/log"
	"go.uber.org/zap"
	"go.uber.org/zap/zapcore"
)

func open(name, endpoint, scratch string, flood bool) (contender, error) {
	switch name {
	case "noop":
		return noop{}, nil
	case "ours":
		return openOurs(endpoint, scratch, flood)
	case "otel":
		return openOtel(endpoint)
	case "otel-big":
		return openOtel(endpoint, sdklog.WithMaxQueueSize(1_000_000), sdklog.WithExportMaxBatchSize(4096))
	}
	file, err := os.Create(filepath.Join(scratch, name+".log"))
	if err != nil {
		return nil, err
	}
	written := &buffered{bufio.NewWriterSize(file, 256*1024)}
	switch name {
	case "zap":
		encoder := zapcore.NewJSONEncoder(zap.NewProductionEncoderConfig())
		return zapped{zap.New(zapcore.NewCore(encoder, written, zapcore.InfoLevel)), written}, nil
	case "slog":
		return slogged{slog.New(slog.NewJSONHandler(written, nil)), written}, nil
	case "zerolog":
		return zeroed{zerolog.New(written).Level(zerolog.InfoLevel).With().Timestamp().Logger(), written}, nil
	}
	return nil, fmt.Errorf("%s", usage)
}

// buffered is a file behind a buffer, as fast as local loggers can have it: references for the call alone.
type buffered struct{ *bufio.Writer }

func (b *buffered) Sync() error { return b.Flush() }

func (b *buffered) finish() int {
	_ = b.Flush()
	return 0
}

// noop is the control: everything but a library.
type noop struct{}

func (noop) call(*entry) {}
func (noop) finish() int { return 0 }

// ours is DistributedLogs with typed fields.
type ours struct{ logger *dlogs.Logger }

func openOurs(endpoint, scratch string, flood bool) (contender, error) {
	config := dlogs.Config{
		Endpoint: endpoint, ServiceName: "bench", JournalDir: filepath.Join(scratch, "journal"), BatchInterval: 200 * time.Millisecond,
		ShutdownTimeout: time.Minute,
	}
	if flood {
		config.Overflow, config.BlockTimeout = "block", 10*time.Second
	}
	logger, err := dlogs.New(config)
	if err == nil {
		logger.Start()
	}
	return ours{logger}, err
}

func (o ours) call(e *entry) {
	o.logger.Info(e.message, dlogs.Int64("user_id", e.user), dlogs.String("path", e.path), dlogs.Float64("duration", e.duration),
		dlogs.Bool("ok", e.ok), dlogs.String("trace", e.trace))
}

func (o ours) finish() (dropped int) {
	o.logger.Close(context.Background())
	for _, count := range o.logger.Stats().Refused {
		dropped += int(count)
	}
	return dropped
}

// otel is OpenTelemetry's SDK behind its bridge for slog, with OTLP over HTTP.
type otel struct {
	provider *sdklog.LoggerProvider
	logger   *slog.Logger
}

func openOtel(endpoint string, queue ...sdklog.BatchProcessorOption) (contender, error) {
	url := strings.Replace(endpoint, "/api/logs", "/v1/logs", 1)
	exporter, err := otlploghttp.New(context.Background(), otlploghttp.WithEndpointURL(url))
	if err != nil {
		return nil, err
	}
	provider := sdklog.NewLoggerProvider(sdklog.WithProcessor(sdklog.NewBatchProcessor(exporter, queue...)))
	return otel{provider, otelslog.NewLogger("bench", otelslog.WithLoggerProvider(provider))}, nil
}

func (o otel) call(e *entry) { attrs(o.logger, e) }

func (o otel) finish() int {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	_ = o.provider.ForceFlush(ctx)
	_ = o.provider.Shutdown(ctx)
	return 0 // The SDK does not tell; the sink knows.
}

type slogged struct {
	logger *slog.Logger
	*buffered
}

func (s slogged) call(e *entry) { attrs(s.logger, e) }

func attrs(logger *slog.Logger, e *entry) {
	logger.LogAttrs(context.Background(), slog.LevelInfo, e.message, slog.Int64("user_id", e.user), slog.String("path", e.path),
		slog.Float64("duration", e.duration), slog.Bool("ok", e.ok), slog.String("trace", e.trace))
}

type zapped struct {
	logger *zap.Logger
	*buffered
}

func (z zapped) call(e *entry) {
	z.logger.Info(e.message, zap.Int64("user_id", e.user), zap.String("path", e.path), zap.Float64("duration", e.duration),
		zap.Bool("ok", e.ok), zap.String("trace", e.trace))
}

type zeroed struct {
	logger zerolog.Logger
	*buffered
}

func (z zeroed) call(e *entry) {
	z.logger.Info().Int64("user_id", e.user).Str("path", e.path).Float64("duration", e.duration).Bool("ok", e.ok).
		Str("trace", e.trace).Msg(e.message)
}
