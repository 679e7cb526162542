package distributedlogs

import (
	"math"
	"time"
	"unsafe"
)

type fieldKind uint8

const (
	kindAny fieldKind = iota
	kindString
	kindInt
	kindUint
	kindFloat
	kindBool
	kindTime
	kindMap
	kindGroup
	kindError
)

// Field is one key of a record with its value. All constructors but Any, Map and Error allocate nothing.
type Field struct {
	key string
	// any is the value itself, or where a text begins, which needs no allocation.
	any  any
	num  uint64
	kind fieldKind
}

// textStart is the first byte of a text whose length is in num.
type textStart *byte

// Fields are keys with their values in the form of a map; give them to a call with Map.
type Fields map[string]any

// String makes a text field.
func String(key, value string) Field {
	return Field{key: key, kind: kindString, num: uint64(len(value)), any: textStart(unsafe.StringData(value))}
}

// text is what String was given.
func (f *Field) text() string {
	start, _ := f.any.(textStart)
	return unsafe.String(start, int(f.num))
}

// Int makes an integer field.
func Int(key string, value int) Field { return Int64(key, int64(value)) }

// Int64 makes an integer field.
func Int64(key string, value int64) Field {
	return Field{key: key, kind: kindInt, num: uint64(value)}
}

// Uint64 makes an unsigned integer field, exact up to 2^64-1.
func Uint64(key string, value uint64) Field { return Field{key: key, kind: kindUint, num: value} }

// Float64 makes a field from a double. NaN and the infinities come through; JSON shows them as null.
func Float64(key string, value float64) Field {
	return Field{key: key, kind: kindFloat, num: math.Float64bits(value)}
}

// Bool makes a field that is true or false.
func Bool(key string, value bool) Field {
	f := Field{key: key, kind: kindBool}
	if value {
		f.num = 1
	}
	return f
}

// Duration makes a field in milliseconds, with fractions. The key should say so: "took_ms".
func Duration(key string, value time.Duration) Field { return Float64(key, milliseconds(value)) }

// Time makes a field from an instant, exact to the nanosecond between the years 1678 and 2262, a text outside of them.
func Time(key string, value time.Time) Field {
	if ns, ok := unixNano(value); ok {
		return Field{key: key, kind: kindTime, num: uint64(ns)}
	}
	return Any(key, value)
}

// Error makes the error fields of a record: type, message, and the stack or the chain of causes. A nil error adds nothing.
func Error(err error) Field { return Field{kind: kindError, any: err} }

// Any makes a field from whatever is given: bytes, maps, slices, structs by their JSON names, errors, big numbers, values
// with MarshalJSON, MarshalText or String. What nests deeper than eight or is too large is cut visibly, and a method that
// panics is told in the value.
func Any(key string, value any) Field { return Field{key: key, kind: kindAny, any: value} }

// Map adds every entry of a map as a field, in the order of the keys. Any map[string]any will do.
func Map(fields Fields) Field { return Field{kind: kindMap, any: fields} }

func milliseconds(value time.Duration) float64 { return float64(value) / float64(time.Millisecond) }

// unixNano tells whether the time can be counted in nanoseconds at all, which the zero time cannot.
func unixNano(at time.Time) (int64, bool) {
	const most = math.MaxInt64/int64(time.Second) - 1
	if seconds := at.Unix(); seconds > most || seconds < -most {
		return 0, false
	}
	return at.UnixNano(), true
}
