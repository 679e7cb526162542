package distributedlogs_test

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"testing"
	"time"

	dlogs "github.com/distributedlogs/distributedlogs/clients/go"
	"github.com/distributedlogs/distributedlogs/clients/go/tests/sink"
)

// served starts the real server and returns its address.
func served(t *testing.T) string {
	binary := os.Getenv("DLOGS_BIN")
	if _, err := os.Stat(binary); binary == "" || err != nil {
		t.Skip("the server is not built, or DLOGS_BIN does not name it (doors/go.sh test does)")
	}
	command := exec.Command(binary, "serve", "--port", "0", "--data", t.TempDir())
	stdout, err := command.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = command.Process.Kill()
		_ = command.Wait()
	})
	address := regexp.MustCompile(`http://[0-9.a-z]+:[0-9]+`)
	for lines := bufio.NewScanner(stdout); lines.Scan(); {
		if found := address.FindString(lines.Text()); found != "" {
			return found
		}
	}
	t.Fatal("the server did not say its address")
	return ""
}

func TestRecordsAreFoundAgain(t *testing.T) {
	url := served(t)
	logger := open(t, dlogs.Config{Endpoint: url + "/api/logs", ServiceName: "found-again", JournalDir: journal(t)})
	logger.Info("hello", dlogs.Int("user_id", 7))
	logger.Custom("payment_completed", dlogs.Float64("amount", 99.99))
	logger.Error("failed", dlogs.Error(context.Canceled))
	same(t, "waiting", logger.Flush(within(t, 10*time.Second)), uint64(0))
	var batch dlogs.LogBatch
	sink.Until(t, "three rows", func() bool {
		answer, err := http.Get(url + "/api/logs?service=found-again")
		if err != nil {
			return false
		}
		defer answer.Body.Close()
		batch = dlogs.LogBatch{}
		return json.NewDecoder(answer.Body).Decode(&batch) == nil && len(batch.Entries) == 3
	})
	failed, event, hello := batch.Entries[0], batch.Entries[1], batch.Entries[2]
	same(t, "hello", []any{hello.Message, hello.Level, hello.Language, fmt.Sprint(hello.Metadata)},
		[]any{"hello", dlogs.LevelInfo, "go", "map[user_id:7]"})
	same(t, "event", event.Event, "payment_completed")
	same(t, "error", failed.Error, &dlogs.LogError{Type: "*errors.errorString", Message: "context canceled"})
	if !strings.Contains(hello.RequestID, logger.Stream()) || time.Since(hello.Timestamp) > time.Minute {
		t.Errorf("%+v", hello)
	}
}
