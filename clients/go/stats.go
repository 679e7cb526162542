package distributedlogs

import (
	"encoding/json"
	"time"
)

// Stats counts what happened to the records of a logger in this process. The law: what was offered is Accepted or Refused,
// and what is Accepted is Acked, Lost or Waiting.
type Stats struct {
	// Accepted counts the records that were put into the journal.
	Accepted uint64 `json:"accepted"`
	// Acked counts the records that the server has on disk.
	Acked uint64 `json:"acked"`
	// Sent counts the records in requests, repeated ones included.
	Sent uint64 `json:"sent"`
	// Failed counts the requests that failed.
	Failed uint64 `json:"failed"`
	// Retried counts the records that were sent again after a failure.
	Retried uint64 `json:"retried"`
	// Waiting counts the records in the journal that are neither acknowledged nor lost.
	Waiting uint64 `json:"waiting"`
	// Refused counts by reason the records that were never accepted.
	Refused map[string]uint64 `json:"refused"`
	// Lost counts by reason the accepted records that will never be stored.
	Lost map[string]uint64 `json:"lost"`
	// BytesSent counts the bytes of request bodies, compressed.
	BytesSent uint64 `json:"bytes_sent"`
	// Requests counts the requests, heartbeats included.
	Requests uint64 `json:"requests"`
	// Journal is what the journal rests on: disk, overlay, tmpfs or memory.
	Journal string `json:"journal"`
	// JournalBytes is the room in use, and JournalMaxBytes its cap.
	JournalBytes    uint64 `json:"journal_bytes"`
	JournalMaxBytes uint64 `json:"journal_max_bytes"`
	// JournalTrouble tells of a full disk, or why the journal is in memory though the disk was meant; else empty.
	JournalTrouble string `json:"journal_trouble,omitempty"`
	// LastError is the last failure in words, and LastErrorAt its time.
	LastError   string    `json:"last_error,omitempty"`
	LastErrorAt time.Time `json:"last_error_at,omitzero"`
	// LastOutageMs is how long the last outage lasted that is over, RoundTripMs how long the last answered request took.
	LastOutageMs uint64 `json:"last_outage_ms,omitempty"`
	RoundTripMs  uint64 `json:"round_trip_ms,omitempty"`
}

// Stats counts what happened to the records so far. A closed logger keeps its last numbers.
func (l *Logger) Stats() Stats {
	var stats Stats
	// The core writes what is declared above; there is no other answer.
	_ = json.Unmarshal(l.core.native.Stats(), &stats)
	return stats
}
