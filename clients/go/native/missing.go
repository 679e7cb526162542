//go:build !(cgo && linux && (amd64 || arm64))

// Package native is the border to the Rust core; in this build there is none, and Open says so.
package native

const refused Outcome = -1

// Open says what is missing.
func Open([]byte) (logger Logger, problem string) {
	return 0, "this program was built without the native library of DistributedLogs: " +
		"build on Linux (amd64 or arm64) with CGO_ENABLED=1 and a C compiler"
}

// Append refuses.
func (Logger) Append([]byte) Outcome { return refused }

// AppendWaiting refuses.
func (Logger) AppendWaiting([]byte) Outcome { return refused }

// Start does nothing.
func (Logger) Start() {}

// Release does nothing.
func (Logger) Release() {}

// Level is the least there is.
func (Logger) Level() int32 { return 0 }

// SetLevel does nothing.
func (Logger) SetLevel(byte) {}

// State is stopped.
func (Logger) State() int { return 0 }

// Flush has nothing to wait for.
func (Logger) Flush(uint32) uint64 { return 0 }

// Close has nothing to send.
func (Logger) Close(uint32) [3]uint64 { return [3]uint64{} }

// Stats are none.
func (Logger) Stats() []byte { return nil }

// Options are none.
func (Logger) Options() []byte { return nil }

// NextEvent has none.
func (Logger) NextEvent(uint32, *uint64) ([]byte, bool) { return nil, false }
