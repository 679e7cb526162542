package distributedlogs

import (
	"encoding/json"
	"runtime"
	"sync"
	"sync/atomic"
	"time"

	"github.com/distributedlogs/distributedlogs/clients/go/native"
)

// Version is the version of this package; it travels with every batch.
const Version = "0.1.0"

// Logger takes records. It is safe for any number of goroutines. A log call answers true when the record is in the journal,
// from where not even kill -9 takes it; false when its level is disabled or it was refused, which Stats counts by reason.
type Logger struct {
	core  *core
	bound *bound
}

// core is what a logger and its children share.
type core struct {
	native          native.Logger
	level           atomic.Int32
	shutdownTimeout time.Duration
	stream          string
	mutex           sync.Mutex // Guards closing `closed` and adding to `listeners`.
	listeners       sync.WaitGroup
	closed          chan struct{}
}

// New makes a logger. It fails with a *ConfigError for a wrong option, and where this build has no native library; a server
// that is away is no error. No thread is started before the first record or Start. Close the logger before the program ends:
// what it then has not sent stays in the journal for the next process of the same service.
func New(config Config) (*Logger, error) {
	options, err := config.json()
	if err != nil {
		return nil, err
	}
	opened, problem := native.Open(options)
	if problem != "" {
		return nil, &ConfigError{Message: problem}
	}
	var resolved struct {
		Level             int32  `json:"level"`
		ShutdownTimeoutMs int64  `json:"shutdown_timeout_ms"`
		Stream            string `json:"stream"`
	}
	// The core writes what is declared above; there is no other answer.
	_ = json.Unmarshal(opened.Options(), &resolved)
	c := &core{native: opened, stream: resolved.Stream, closed: make(chan struct{})}
	c.level.Store(int32(levelFromNumber(resolved.Level)))
	c.shutdownTimeout = time.Duration(resolved.ShutdownTimeoutMs) * time.Millisecond
	// A logger that nobody has any more is closed; that may wait for the server, which a cleanup must not.
	runtime.AddCleanup(c, func(left native.Logger) { go left.Release() }, opened)
	return &Logger{core: c}, nil
}

// Start begins to send; the first record does the same. It may be called again.
func (l *Logger) Start() { l.core.native.Start() }

// Trace records a step of an algorithm, for its author.
func (l *Logger) Trace(message string, fields ...Field) bool {
	return l.core.level.Load() <= int32(LevelTrace) && l.log(LevelTrace, message, fields)
}

// Debug records what helps whoever looks for a defect.
func (l *Logger) Debug(message string, fields ...Field) bool {
	return l.core.level.Load() <= int32(LevelDebug) && l.log(LevelDebug, message, fields)
}

// Info records the normal course of things.
func (l *Logger) Info(message string, fields ...Field) bool {
	return l.core.level.Load() <= int32(LevelInfo) && l.log(LevelInfo, message, fields)
}

// Warning records what should be looked at and did no harm yet.
func (l *Logger) Warning(message string, fields ...Field) bool {
	return l.core.level.Load() <= int32(LevelWarning) && l.log(LevelWarning, message, fields)
}

// Error records a failure. Add the error itself with the field Error(err).
func (l *Logger) Error(message string, fields ...Field) bool {
	return l.core.level.Load() <= int32(LevelError) && l.log(LevelError, message, fields)
}

// Critical records that the program or a vital part of it cannot go on. It does not end the program.
func (l *Logger) Critical(message string, fields ...Field) bool {
	return l.core.level.Load() <= int32(LevelCritical) && l.log(LevelCritical, message, fields)
}

// Log records with a level that is known only at run time.
func (l *Logger) Log(level Level, message string, fields ...Field) bool {
	return l.Enabled(level) && l.log(level, message, fields)
}

// LogAt is Log for what happened at another time than now; the zero time means now. Adapters use it.
func (l *Logger) LogAt(at time.Time, level Level, message string, fields ...Field) bool {
	return l.Enabled(level) && l.record(level, kindLog, at, message, fields)
}

// Custom records a business event with its fields, at INFO.
func (l *Logger) Custom(event string, fields ...Field) bool {
	return l.core.level.Load() <= int32(LevelInfo) && l.custom(event, fields)
}

// Child returns a logger with bound fields, encoded once, here. It shares everything else: stream, level, statistics, its
// end. A record's own field of the same name wins.
func (l *Logger) Child(fields ...Field) *Logger {
	return &Logger{core: l.core, bound: bind(l.bound, fields)}
}

// Enabled tells whether a record of this level would be recorded. It costs one load.
func (l *Logger) Enabled(level Level) bool { return int32(level) >= l.core.level.Load() }

// Level returns the least level that is recorded.
func (l *Logger) Level() Level { return Level(l.core.level.Load()) }

// SetLevel changes the least level that is recorded, for this logger and all its relatives.
func (l *Logger) SetLevel(level Level) {
	l.core.native.SetLevel(level.number())
	l.core.level.Store(int32(levelFromNumber(l.core.native.Level())))
}

// Stream names what this logger writes in this process: 32 hex digits and a lane. With a sequence number it names a record.
func (l *Logger) Stream() string { return l.core.stream }

// The verbs above are so short that the compiler puts them into their callers: a disabled call costs a load and a branch.
// It would not if these two were as short.
//
//go:noinline
func (l *Logger) log(level Level, message string, fields []Field) bool {
	return l.record(level, kindLog, time.Time{}, message, fields)
}

//go:noinline
func (l *Logger) custom(event string, fields []Field) bool {
	return l.record(LevelInfo, kindEvent, time.Time{}, event, fields)
}

// record encodes into a buffer of its own and crosses the border once. Only overflow = "block" may wait, and then for a
// limited time.
func (l *Logger) record(level Level, kind byte, at time.Time, message string, fields []Field) bool {
	b := newBody(level, kind, at, message, l.bound)
	b.add(fields)
	record := b.finish()
	outcome := l.core.native.Append(record)
	if outcome == native.NoRoom {
		outcome = l.core.native.AppendWaiting(record)
	}
	b.release()
	// The core outlives the crossing: otherwise its cleanup might release the handle in between.
	runtime.KeepAlive(l.core)
	return outcome == native.Accepted
}
