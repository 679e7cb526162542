package main

import (
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"os"
	"slices"
	"strconv"
	"syscall"
	"time"

	dlogs "github.com/distributedlogs/distributedlogs/clients/go"
	"github.com/rs/zerolog"
	"go.uber.org/zap"
	"go.uber.org/zap/zapcore"
)

// disabled tells what a call costs whose level is off, in nanoseconds: the median of nine rounds in turns, without and with two fields.
func disabled(given, scratch string) error {
	count, err := strconv.Atoi(given)
	if err != nil {
		return err
	}
	ours, err := dlogs.New(dlogs.Config{Endpoint: "http://127.0.0.1:9/nobody", JournalDir: scratch})
	if err != nil {
		return err
	}
	defer ours.Close(context.Background())
	zapped := zap.New(zapcore.NewCore(zapcore.NewJSONEncoder(zap.NewProductionEncoderConfig()), zapcore.AddSync(io.Discard), zapcore.InfoLevel))
	slogged := slog.New(slog.NewJSONHandler(io.Discard, nil))
	zeroed := zerolog.New(io.Discard).Level(zerolog.InfoLevel)
	ctx, path := context.Background(), os.Args[0]
	table := map[string]func(n int){
		"ours":             func(int) { ours.Debug("Request processed") },
		"zap":              func(int) { zapped.Debug("Request processed") },
		"slog":             func(int) { slogged.DebugContext(ctx, "Request processed") },
		"zerolog":          func(int) { zeroed.Debug().Msg("Request processed") },
		"ours, two fields": func(n int) { ours.Debug("Request processed", dlogs.String("path", path), dlogs.Int("user_id", n)) },
		"zap, two fields":  func(n int) { zapped.Debug("Request processed", zap.String("path", path), zap.Int("user_id", n)) },
		"slog, two fields": func(n int) {
			slogged.LogAttrs(ctx, slog.LevelDebug, "Request processed", slog.String("path", path), slog.Int("user_id", n))
		},
		"zerolog, two fields": func(n int) { zeroed.Debug().Str("path", path).Int("user_id", n).Msg("Request processed") },
		"nothing":             func(int) {},
	}
	rounds, result := map[string][]float64{}, map[string]float64{}
	for range 9 {
		for name, call := range table {
			begun := busy()
			for n := range count {
				call(n)
			}
			rounds[name] = append(rounds[name], float64(busy()-begun)/float64(count))
		}
	}
	for name, all := range rounds {
		slices.Sort(all)
		result[name] = all[len(all)/2]
	}
	return json.NewEncoder(os.Stdout).Encode(result)
}

// busy is the time that this process has had a processor: others on the machine must not count.
func busy() time.Duration {
	var usage syscall.Rusage
	_ = syscall.Getrusage(syscall.RUSAGE_SELF, &usage)
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}
