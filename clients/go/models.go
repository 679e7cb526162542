package distributedlogs

import "time"

// LogEntry is one record as the server shows it: a row of GET /api/logs.
type LogEntry struct {
	// RequestID is the record's identity; it contains its stream and sequence number.
	RequestID string    `json:"id"`
	Timestamp time.Time `json:"time"`
	Level     Level     `json:"level"`
	Message   string    `json:"message"`
	// Event is the name of a custom event, else empty.
	Event       string         `json:"event,omitempty"`
	Service     string         `json:"service,omitempty"`
	Component   string         `json:"component,omitempty"`
	Environment string         `json:"environment,omitempty"`
	Language    string         `json:"language,omitempty"`
	Host        string         `json:"host,omitempty"`
	Logger      string         `json:"logger,omitempty"`
	Thread      string         `json:"thread,omitempty"`
	TraceID     string         `json:"trace_id,omitempty"`
	SpanID      string         `json:"span_id,omitempty"`
	Error       *LogError      `json:"error,omitempty"`
	Metadata    map[string]any `json:"metadata,omitempty"`
}

// LogError is an error of a record: its type, its text and its stack.
type LogError struct {
	Type    string `json:"type,omitempty"`
	Message string `json:"message,omitempty"`
	Stack   string `json:"stack,omitempty"`
}

// LogBatch is an answer of GET /api/logs: entries, newest first, and the cursor of the next page, empty at the end.
type LogBatch struct {
	Entries []LogEntry `json:"rows"`
	Cursor  string     `json:"cursor"`
}
