// Package dlogszap lets zap log through distributedlogs; a module of its own, so that only its users depend on zap.
package dlogszap

import (
	"context"
	"fmt"
	"math"
	"slices"
	"time"

	"github.com/distributedlogs/distributedlogs/clients/go"
	"go.uber.org/zap/zapcore"
)

const flushTimeout = 2 * time.Second

// Core is a zapcore.Core. Records keep zap's time, logger name ("@logger"), caller ("source") and stack, and the field that
// zap.Error makes becomes the record's error.
type Core struct {
	logger *distributedlogs.Logger
	// inside are the bound fields from the first open namespace on; those before it are bound to the logger.
	inside []zapcore.Field
}

// NewCore makes a core; the logger's level decides what is enabled.
func NewCore(logger *distributedlogs.Logger) *Core { return &Core{logger: logger} }

// Enabled implements zapcore.LevelEnabler.
func (c *Core) Enabled(level zapcore.Level) bool { return c.logger.Enabled(levelFromZap(level)) }

// With implements zapcore.Core.
func (c *Core) With(fields []zapcore.Field) zapcore.Core {
	outside := len(fields)
	if len(c.inside) > 0 {
		outside = 0
	} else if at := slices.IndexFunc(fields, isNamespace); at >= 0 {
		outside = at
	}
	child := &Core{logger: c.logger, inside: slices.Concat(c.inside, fields[outside:])}
	if outside > 0 {
		child.logger = c.logger.Child(converted(nil, fields[:outside])...)
	}
	return child
}

// Check implements zapcore.Core.
func (c *Core) Check(entry zapcore.Entry, checked *zapcore.CheckedEntry) *zapcore.CheckedEntry {
	if c.Enabled(entry.Level) {
		return checked.AddCore(entry, c)
	}
	return checked
}

// Write implements zapcore.Core. It never fails.
func (c *Core) Write(entry zapcore.Entry, fields []zapcore.Field) error {
	const usual = 12
	own := make([]distributedlogs.Field, 0, usual)
	if entry.LoggerName != "" {
		own = append(own, distributedlogs.String("@logger", entry.LoggerName))
	}
	if entry.Stack != "" {
		own = append(own, distributedlogs.String("@error.stack", entry.Stack))
	}
	if entry.Caller.Defined {
		own = append(own, distributedlogs.String("source", entry.Caller.TrimmedPath()))
	}
	if len(c.inside) > 0 {
		fields = slices.Concat(c.inside, fields)
	}
	c.logger.LogAt(entry.Time, levelFromZap(entry.Level), entry.Message, converted(own, fields)...)
	return nil
}

// Sync implements zapcore.Core: it flushes for at most two seconds. What then still waits is safe in the journal, so that
// this is no error.
func (c *Core) Sync() error {
	ctx, cancel := context.WithTimeout(context.Background(), flushTimeout)
	defer cancel()
	c.logger.Flush(ctx)
	return nil
}

func isNamespace(field zapcore.Field) bool { return field.Type == zapcore.NamespaceType }

// converted appends zap's fields in our form.
func converted(own []distributedlogs.Field, fields []zapcore.Field) []distributedlogs.Field {
	for i, field := range fields {
		switch field.Type {
		case zapcore.StringType:
			own = append(own, distributedlogs.String(field.Key, field.String))
		case zapcore.Int64Type, zapcore.Int32Type, zapcore.Int16Type, zapcore.Int8Type:
			own = append(own, distributedlogs.Int64(field.Key, field.Integer))
		case zapcore.BoolType:
			own = append(own, distributedlogs.Bool(field.Key, field.Integer == 1))
		case zapcore.Float64Type:
			own = append(own, distributedlogs.Float64(field.Key, math.Float64frombits(uint64(field.Integer))))
		case zapcore.DurationType:
			own = append(own, distributedlogs.Duration(field.Key, time.Duration(field.Integer)))
		case zapcore.SkipType:
		case zapcore.NamespaceType:
			return append(own, encoded(fields[i:]))
		case zapcore.ErrorType:
			if err, ok := field.Interface.(error); ok && field.Key == "error" {
				own = append(own, distributedlogs.Error(err))
				continue
			}
			own = append(own, encoded(fields[i:i+1]))
		default:
			own = append(own, encoded(fields[i:i+1]))
		}
	}
	return own
}

// encoded lets zap take apart what only zap knows. What panics there is told in its place.
func encoded(fields []zapcore.Field) distributedlogs.Field {
	encoder := zapcore.NewMapObjectEncoder()
	for i := range fields {
		addTo(encoder, &fields[i])
	}
	return distributedlogs.Map(encoder.Fields)
}

func addTo(encoder *zapcore.MapObjectEncoder, field *zapcore.Field) {
	defer func() {
		if cause := recover(); cause != nil {
			encoder.AddString(field.Key, fmt.Sprintf("<%T panicked: %v>", field.Interface, cause))
		}
	}()
	field.AddTo(encoder)
}
