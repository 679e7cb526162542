// Package sink is a server for tests: it acknowledges batches by spec/wire.md, once and in order, and keeps what came.
package sink

import (
	"encoding/binary"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
	"time"
)

const (
	patience = 20 * time.Second
	pause    = 2 * time.Millisecond

	frameHeader = 24
	frameAlign  = 8
)

// Header is what stands in front of a batch.
type Header struct {
	Stream   string         `json:"stream"`
	FirstSeq uint64         `json:"first_seq"`
	LastSeq  uint64         `json:"last_seq"`
	Client   map[string]any `json:"client"`
}

// Sink knows native batches without compression.
type Sink struct {
	// Endpoint is where to send.
	Endpoint string

	server   *httptest.Server
	mutex    sync.Mutex
	released chan struct{}
	hangs    bool
	status   int
	requests int
	headers  []Header
	known    map[string]bool
	records  []Record
}

// Open starts a sink, which ends with the test.
func Open(t testing.TB) *Sink {
	s := &Sink{released: make(chan struct{}), known: map[string]bool{}}
	s.server = httptest.NewServer(s)
	s.Endpoint = s.server.URL + "/api/logs"
	t.Cleanup(s.close)
	return s
}

func (s *Sink) close() {
	close(s.released)
	s.server.CloseClientConnections()
	s.server.Close()
}

// Hang lets requests wait until the test ends.
func (s *Sink) Hang() { s.set(func() { s.hangs = true }) }

// Refuse answers with this status; 0: no more.
func (s *Sink) Refuse(status int) { s.set(func() { s.status = status }) }

// Headers are those that came so far.
func (s *Sink) Headers() (headers []Header) {
	s.set(func() { headers = append(headers, s.headers...) })
	return headers
}

// Requests counts those that came so far.
func (s *Sink) Requests() (requests int) {
	s.set(func() { requests = s.requests })
	return requests
}

// Records are those that came so far, in the order of their coming.
func (s *Sink) Records() (records []Record) {
	s.set(func() { records = append(records, s.records...) })
	return records
}

// Messages are those of the records.
func (s *Sink) Messages() (messages []string) {
	for _, record := range s.Records() {
		messages = append(messages, record.Message)
	}
	return messages
}

// Wait returns the records once there are so many.
func (s *Sink) Wait(t testing.TB, count int) []Record {
	t.Helper()
	Until(t, fmt.Sprintf("%d records", count), func() bool { return len(s.Records()) >= count })
	return s.Records()
}

// Until asks again and again until it is so, for 20 s.
func Until(t testing.TB, what string, so func() bool) {
	t.Helper()
	for deadline := time.Now().Add(patience); !so(); time.Sleep(pause) {
		if time.Now().After(deadline) {
			t.Fatalf("%s: not within %v", what, patience)
		}
	}
}

func (s *Sink) set(change func()) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	change()
}

// ServeHTTP answers one request.
func (s *Sink) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return
	}
	var hangs bool
	var status int
	s.set(func() { s.requests++; hangs, status = s.hangs, s.status })
	if hangs {
		<-s.released
		return
	}
	if status != 0 {
		w.WriteHeader(status)
		fmt.Fprint(w, `{"dlogs": 1, "error": "told to", "reason": "stopping"}`)
		return
	}
	length := binary.LittleEndian.Uint32(body)
	var header Header
	if err := json.Unmarshal(body[4:4+length], &header); err != nil {
		w.WriteHeader(http.StatusBadRequest)
		return
	}
	count := 0
	s.set(func() { count = s.keep(header, body[4+length:]) })
	fmt.Fprintf(w, `{"dlogs": 1, "accepted": %d, "rejected": [], "acked_through": %d, "durability": "disk"}`, count, header.LastSeq)
}

func (s *Sink) keep(header Header, frames []byte) (count int) {
	s.headers = append(s.headers, header)
	for last := header.FirstSeq - 1; len(frames) > 0; count++ {
		size := binary.LittleEndian.Uint32(frames)
		last++
		last += uint64(binary.LittleEndian.Uint32(frames[16:]) - uint32(last))
		record := Decode(frames[frameHeader : frameHeader+size])
		record.Stream, record.Seq = header.Stream, last
		record.Stamp = time.Unix(0, int64(binary.LittleEndian.Uint64(frames[8:])))
		if id := fmt.Sprint(header.Stream, last); !s.known[id] {
			s.known[id] = true
			s.records = append(s.records, record)
		}
		frames = frames[min(int((frameHeader+size+frameAlign-1)/frameAlign*frameAlign), len(frames)):]
	}
	return count
}
