package distributedlogs

import (
	"encoding/binary"
	"sync"
	"time"
)

// The tags in front of values, and the limits at which this side stops; spec/record.md draws the bytes. What is cut and how
// it is marked is the core's decision: this side only never encodes much more than the core would keep.
const (
	tagNull    = 0
	tagFalse   = 1
	tagTrue    = 2
	tagInt     = 3
	tagUint    = 4
	tagFloat   = 5
	tagString  = 6
	tagList    = 7
	tagMap     = 8
	tagBytes   = 9
	tagTime    = 10
	tagDecimal = 11
	tagCut     = 12

	maxRecordBytes  = 256 * 1024
	maxTextBytes    = maxRecordBytes + 1
	maxMessageBytes = 240*1024 + 1
	maxFields       = 256
	maxDepth        = 8

	kindLog   = 0
	kindEvent = 1

	fieldCountAt = 2
	// A buffer that a huge record made larger is not kept.
	keptBytes = 64 * 1024
)

// body is one record while it is written. Bodies are pooled, and a String method that logs takes another one.
type body struct {
	bytes  []byte
	fields int
}

var bodies = sync.Pool{New: func() any { return &body{bytes: make([]byte, 0, 1024)} }}

func newBody(level Level, kind byte, at time.Time, message string, bound *bound) *body {
	b, _ := bodies.Get().(*body)
	ns, _ := unixNano(at) // 0 lets the core stamp the time.
	b.bytes = append(b.bytes[:0], level.number(), kind, 0, 0)
	b.bytes = binary.LittleEndian.AppendUint64(b.bytes, uint64(ns))
	b.text(message[:min(len(message), maxMessageBytes)])
	b.fields = 0
	if bound != nil {
		b.bytes = append(b.bytes, bound.bytes...)
		b.fields = bound.fields
	}
	return b
}

// finish writes the number of fields; the bytes are valid until release.
func (b *body) finish() []byte {
	binary.LittleEndian.PutUint16(b.bytes[fieldCountAt:], uint16(b.fields))
	return b.bytes
}

func (b *body) release() {
	if cap(b.bytes) <= keptBytes {
		bodies.Put(b)
	}
}

// full tells that the core will cut this record anyway: nothing more needs to be written than the mark of a cut.
func (b *body) full() bool { return len(b.bytes) > maxRecordBytes }

func (b *body) tag(tag byte) { b.bytes = append(b.bytes, tag) }

func (b *body) text(s string) {
	if len(s) > maxTextBytes {
		s = s[:maxTextBytes]
	}
	b.bytes = binary.LittleEndian.AppendUint32(b.bytes, uint32(len(s)))
	b.bytes = append(b.bytes, s...)
}

func (b *body) tagged(tag byte, s string) {
	b.tag(tag)
	b.text(s)
}

func (b *body) number(tag byte, bits uint64) {
	b.bytes = append(b.bytes, tag)
	b.bytes = binary.LittleEndian.AppendUint64(b.bytes, bits)
}

func (b *body) boolean(v bool) {
	if v {
		b.tag(tagTrue)
	} else {
		b.tag(tagFalse)
	}
}

// cut marks the place of something that is left out.
func (b *body) cut() { b.tagged(tagCut, "") }

// cutEntry marks that the rest of a map is left out.
func (b *body) cutEntry() {
	b.text("@cut")
	b.cut()
}

// room tells whether one more field may be written; if not, it marks that the rest is left out.
func (b *body) room() bool {
	if b.fields < maxFields && !b.full() {
		return true
	}
	b.fields++
	b.cutEntry()
	return false
}

// key begins a field of the record.
func (b *body) key(key string) {
	b.fields++
	b.text(key)
}

// begin writes a list's or a map's tag and room for its count, which end fills in.
func (b *body) begin(tag byte) (countAt int) {
	b.tag(tag)
	countAt = len(b.bytes)
	b.bytes = append(b.bytes, 0, 0, 0, 0)
	return countAt
}

func (b *body) end(countAt, count int) {
	binary.LittleEndian.PutUint32(b.bytes[countAt:], uint32(count))
}

// add writes errors first, so that no limit takes them.
func (b *body) add(fields []Field) {
	errors := false
	for i := range fields {
		errors = errors || fields[i].kind == kindError
	}
	if errors {
		for i := range fields {
			if fields[i].kind == kindError {
				b.errorFields(fields[i].any)
			}
		}
	}
	for i := range fields {
		if !b.room() {
			return
		}
		b.field(&fields[i])
	}
}

func (b *body) field(f *Field) {
	switch f.kind {
	case kindString:
		b.key(f.key)
		b.tagged(tagString, f.text())
	case kindInt:
		b.key(f.key)
		b.number(tagInt, f.num)
	case kindUint:
		b.key(f.key)
		b.number(tagUint, f.num)
	case kindFloat:
		b.key(f.key)
		b.number(tagFloat, f.num)
	case kindBool:
		b.key(f.key)
		b.boolean(f.num == 1)
	case kindTime:
		b.key(f.key)
		b.number(tagTime, f.num)
	case kindMap:
		b.mapFields(f.any)
	case kindGroup:
		b.groupField(f)
	case kindError: // Written before all others.
	default:
		b.key(f.key)
		b.value(f.any, 0)
	}
}

// bound holds fields that are encoded once and copied in front of each record's own, which win.
type bound struct {
	bytes  []byte
	fields int
}

func bind(outer *bound, fields []Field) *bound {
	b := &body{}
	b.join(outer)
	b.add(fields)
	return &bound{bytes: b.bytes, fields: b.fields}
}

func (b *body) join(outer *bound) {
	if outer != nil {
		b.bytes = append(b.bytes, outer.bytes...)
		b.fields += outer.fields
	}
}
