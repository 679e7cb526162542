package distributedlogs

import (
	"context"
	"fmt"
	"log/slog"
	"runtime"
	"slices"
	"strconv"
)

// SlogHandler is a slog.Handler that logs through a Logger. Groups become maps in each other, an error under "err" or
// "error" becomes the record's error, and fields of ContextWith are added.
type SlogHandler struct {
	logger *Logger
	// groups are the open groups, outermost first, each with the attributes that were bound in it.
	groups []slogGroup
	source bool
}

type slogGroup struct {
	name  string
	attrs []slog.Attr
}

// SlogOptions chooses what a SlogHandler adds; the zero value adds nothing.
type SlogOptions struct {
	// AddSource adds the caller's file and line as "source".
	AddSource bool
}

// NewSlogHandler makes a handler; the logger's level decides what is enabled. No options (nil) are the zero ones.
func NewSlogHandler(logger *Logger, options *SlogOptions) *SlogHandler {
	return &SlogHandler{logger: logger, source: options != nil && options.AddSource}
}

// Enabled implements slog.Handler.
func (h *SlogHandler) Enabled(_ context.Context, level slog.Level) bool {
	return h.logger.Enabled(levelFromSlog(level))
}

// WithGroup implements slog.Handler.
func (h *SlogHandler) WithGroup(name string) slog.Handler {
	if name == "" {
		return h
	}
	child := *h
	child.groups = append(slices.Clone(h.groups), slogGroup{name: name})
	return &child
}

// WithAttrs implements slog.Handler.
func (h *SlogHandler) WithAttrs(attrs []slog.Attr) slog.Handler {
	child := *h
	if len(h.groups) == 0 {
		var fields []Field
		for _, attr := range attrs {
			fields = appendAttr(fields, attr)
		}
		child.logger = h.logger.Child(fields...)
		return &child
	}
	child.groups = slices.Clone(h.groups)
	last := &child.groups[len(child.groups)-1]
	last.attrs = slices.Concat(last.attrs, attrs)
	return &child
}

// Handle implements slog.Handler. It never fails.
func (h *SlogHandler) Handle(ctx context.Context, record slog.Record) error {
	const usual = 12
	fields := make([]Field, 0, usual)
	if len(h.groups) == 0 {
		record.Attrs(func(attr slog.Attr) bool {
			fields = appendAttr(fields, attr)
			return true
		})
	} else {
		fields = append(fields, h.grouped(record))
	}
	if h.source && record.PC != 0 {
		fields = append(fields, String("source", sourceOf(record.PC)))
	}
	h.logger.For(ctx).LogAt(record.Time, levelFromSlog(record.Level), record.Message, fields...)
	return nil
}

// grouped folds the open groups from the innermost outwards.
func (h *SlogHandler) grouped(record slog.Record) Field {
	inside := make([]slog.Attr, 0, record.NumAttrs())
	record.Attrs(func(attr slog.Attr) bool {
		inside = append(inside, attr)
		return true
	})
	for _, group := range slices.Backward(h.groups) {
		inside = []slog.Attr{{Key: group.name, Value: slog.GroupValue(slices.Concat(group.attrs, inside)...)}}
	}
	return Field{key: inside[0].Key, kind: kindGroup, any: inside[0].Value.Group()}
}

func appendAttr(fields []Field, attr slog.Attr) []Field {
	value := resolved(attr.Value)
	switch value.Kind() {
	case slog.KindString:
		return append(fields, String(attr.Key, value.String()))
	case slog.KindInt64:
		return append(fields, Int64(attr.Key, value.Int64()))
	case slog.KindUint64:
		return append(fields, Uint64(attr.Key, value.Uint64()))
	case slog.KindFloat64:
		return append(fields, Float64(attr.Key, value.Float64()))
	case slog.KindBool:
		return append(fields, Bool(attr.Key, value.Bool()))
	case slog.KindTime:
		return append(fields, Time(attr.Key, value.Time()))
	case slog.KindDuration:
		return append(fields, Duration(attr.Key, value.Duration()))
	case slog.KindGroup:
		if attr.Key != "" {
			return append(fields, Field{key: attr.Key, kind: kindGroup, any: value.Group()})
		}
		for _, member := range value.Group() {
			fields = appendAttr(fields, member)
		}
		return fields
	default:
		return appendAny(fields, attr.Key, value.Any())
	}
}

func appendAny(fields []Field, key string, value any) []Field {
	if key == "" && value == nil {
		return fields
	}
	if err, ok := value.(error); ok && (key == "err" || key == "error") {
		return append(fields, Error(err))
	}
	return append(fields, Any(key, value))
}

// resolved follows a LogValuer. Where one panics, slog makes a text of that.
func resolved(value slog.Value) slog.Value {
	if value.Kind() != slog.KindLogValuer {
		return value
	}
	if !enter() {
		return slog.StringValue(fmt.Sprintf("<%T logs itself>", value.Any()))
	}
	defer leave()
	return value.Resolve()
}

// groupField writes a group as a map; one without attributes leaves no trace.
func (b *body) groupField(f *Field) {
	members, _ := f.any.([]slog.Attr)
	start := len(b.bytes)
	b.key(f.key)
	if b.attrs(members, 0) == 0 {
		b.bytes = b.bytes[:start]
		b.fields--
	}
}

func (b *body) slogValue(v slog.Value, depth int) {
	switch v = resolved(v); v.Kind() {
	case slog.KindGroup:
		b.attrs(v.Group(), depth)
	default:
		b.value(v.Any(), depth)
	}
}

func (b *body) attrs(attrs []slog.Attr, depth int) (count int) {
	if depth >= maxDepth {
		b.cut()
		return 1
	}
	countAt := b.begin(tagMap)
	count = b.attrMembers(attrs, depth)
	b.end(countAt, count)
	return count
}

// attrMembers writes attributes into the open map, and says how many; a group without a name adds its own to them.
func (b *body) attrMembers(attrs []slog.Attr, depth int) (count int) {
	for _, attr := range attrs {
		value := resolved(attr.Value)
		switch {
		case b.full():
			b.cutEntry()
			return count + 1
		case value.Kind() == slog.KindGroup && attr.Key == "":
			count += b.attrMembers(value.Group(), depth)
		case value.Kind() == slog.KindGroup:
			start := len(b.bytes)
			b.text(attr.Key)
			if b.attrs(value.Group(), depth+1) == 0 {
				b.bytes = b.bytes[:start]
				continue
			}
			count++
		case attr.Key != "" || value.Any() != nil:
			b.text(attr.Key)
			b.value(value.Any(), depth+1)
			count++
		}
	}
	return count
}

func sourceOf(pc uintptr) string {
	frame, _ := runtime.CallersFrames([]uintptr{pc}).Next()
	return frame.File + ":" + strconv.Itoa(frame.Line)
}
