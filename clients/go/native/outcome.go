package native

// Logger is a handle of the core. A stale one is an error code, never a crash.
type Logger uint64

// Outcome is what became of a record; further numbers are reasons of a refusal.
type Outcome int32

// What a host has to tell apart.
const (
	// Accepted: it is in the journal.
	Accepted Outcome = 0
	// NoRoom: only with overflow = "block"; call AppendWaiting.
	NoRoom Outcome = 2
)
