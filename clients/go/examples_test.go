package distributedlogs_test

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/distributedlogs/distributedlogs/clients/go/tests/sink"
)

// patientVariable lets a program send as long at its end as the loggers of tests may.
var patientVariable = "DLOGS_SHUTDOWN_TIMEOUT_MS=" + strconv.FormatInt(patience.Milliseconds(), 10)

// program builds and runs a program of this repository; what it writes to stdout is returned, to stderr it may say nothing.
func program(t *testing.T, s *sink.Sink, what []string, arguments ...string) string {
	t.Helper()
	binary := filepath.Join(t.TempDir(), "program")
	if said, err := exec.Command("go", append([]string{"build", "-o", binary}, what...)...).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, said)
	}
	command := exec.Command(binary, arguments...)
	command.Env = append(os.Environ(), "DLOGS_ENDPOINT="+s.Endpoint, "DLOGS_JOURNAL_DIR="+journal(t), "DLOGS_COMPRESSION=none",
		patientVariable)
	var stdout, stderr bytes.Buffer
	command.Stdout, command.Stderr = &stdout, &stderr
	if err := command.Run(); err != nil || stderr.Len() > 0 {
		t.Fatalf("%v: %s", err, stderr.String())
	}
	return stdout.String()
}

// TestTheAssignment runs the example as it stands; only the address is the test's, because port 5000 may be somebody's.
func TestTheAssignment(t *testing.T) {
	s := sink.Open(t)
	source, err := filepath.Abs("examples/assignment/main.go")
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(source)
	if err != nil {
		t.Fatal(err)
	}
	const address = "http://localhost:5000/api/logs"
	if strings.Count(string(text), address) != 1 {
		t.Fatalf("the example names %s not once", address)
	}
	changed, overlay := filepath.Join(t.TempDir(), "main.go"), filepath.Join(t.TempDir(), "overlay.json")
	replaced, err := json.Marshal(map[string]map[string]string{"Replace": {source: changed}})
	if err != nil {
		t.Fatal(err)
	}
	for path, content := range map[string][]byte{
		changed: []byte(strings.ReplaceAll(string(text), address, s.Endpoint)), overlay: replaced,
	} {
		if err := os.WriteFile(path, content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	same(t, "stdout", program(t, s, []string{"-overlay", overlay, "./examples/assignment"}), "")
	same(t, "messages", s.Messages(), []string{"Stock updated", "Stock is low", "Warehouse cannot be reached", "order_shipped"})
	same(t, "fields", s.Records()[0].Fields, map[string]any{"sku": "A-1001", "quantity": int64(42)})
	same(t, "custom", s.Records()[3].Custom, true)
	client := s.Headers()[0].Client
	same(t, "client", []any{client["language"], client["service"], client["component"]},
		[]any{"go", "my-application", "inventory-service"})
}

func TestTheSlogExample(t *testing.T) {
	s := sink.Open(t)
	same(t, "stdout", program(t, s, []string{"./examples/slog"}), "")
	same(t, "messages", s.Messages(), []string{"Request processed", "Database connection failed"})
}

func TestTheQuickStart(t *testing.T) {
	s := sink.Open(t)
	same(t, "stdout", program(t, s, []string{"../../examples/go/quickstart.go"}), "0 records wait for a server, safe in the journal\n")
	same(t, "records", len(s.Records()), 5)
}

func TestTheDemo(t *testing.T) {
	s := sink.Open(t)
	said := program(t, s, []string{"./demo"}, "--check", "200", "--prefix", "p")
	same(t, "stdout", said, "accepted 200\n")
	same(t, "records", len(s.Records()), 200)
	for _, record := range s.Records() {
		same(t, "id", record.Fields["demo_id"], any(record.Message))
	}
}

func TestWithoutTheNativeLibraryNewSaysWhatToDo(t *testing.T) {
	binary := filepath.Join(t.TempDir(), "program")
	build := exec.Command("go", "build", "-o", binary, "./examples/assignment")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if said, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, said)
	}
	if said, err := exec.Command(binary).CombinedOutput(); err == nil || !strings.Contains(string(said), "CGO_ENABLED=1") {
		t.Errorf("%v: %s", err, said)
	}
}
