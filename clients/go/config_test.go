package distributedlogs_test

import (
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	dlogs "github.com/distributedlogs/distributedlogs/clients/go"
	"github.com/distributedlogs/distributedlogs/clients/go/tests/sink"
)

func TestAWrongOptionIsNamed(t *testing.T) {
	table := map[string]dlogs.Config{
		"batch_size":          {BatchSize: 10_001},
		"batch_interval_ms":   {BatchInterval: time.Microsecond},
		"compression":         {Compression: "rar"},
		"endpoint":            {Endpoint: "localhost:5000"},
		"level":               {Level: 42},
		"batch_sise":          {Extra: map[string]any{"batch_sise": 1}},
		"service_name":        {Extra: map[string]any{"service_name": 7}},
		"metadata":            {Metadata: dlogs.Fields{"large": strings.Repeat("x", 2000)}},
		"cannot be written":   {Metadata: dlogs.Fields{"f": func() {}}},
		"shutdown_timeout_ms": {ShutdownTimeout: -time.Second},
	}
	for option, config := range table {
		config.JournalDir = journal(t)
		logger, err := dlogs.New(config)
		var wrong *dlogs.ConfigError
		if logger != nil || !errors.As(err, &wrong) || !strings.Contains(wrong.Message, option) {
			t.Errorf("%s: %v", option, err)
		}
	}
}

func TestEveryFieldReachesTheCore(t *testing.T) {
	config := reflect.TypeFor[dlogs.Config]()
	for i := range config.NumField() {
		field := config.Field(i)
		given := dlogs.Config{JournalDir: journal(t)}
		value := reflect.ValueOf(&given).Elem().Field(i)
		switch field.Type.Kind() {
		case reflect.String:
			value.SetString("\x00" + strings.Repeat("x", 1000))
		case reflect.Int, reflect.Int64:
			value.SetInt(-1_000_000)
		case reflect.Int8:
			value.SetInt(42)
		case reflect.Map:
			value.Set(reflect.ValueOf(map[string]any{"x": strings.Repeat("x", 2000)}).Convert(field.Type))
		case reflect.Slice: // No list of texts is wrong; the cases prove that it arrives.
			continue
		}
		if _, err := dlogs.New(given); err == nil {
			t.Errorf("nobody judged %s", field.Name)
		}
	}
}

func TestPrecedence(t *testing.T) {
	s := sink.Open(t)
	t.Chdir(t.TempDir())
	file := "service_name = \"file\"\ncomponent_name = \"file\"\nenvironment = \"file\"\n"
	if err := os.WriteFile("dlogs.toml", []byte(file), 0o600); err != nil {
		t.Fatal(err)
	}
	t.Setenv("DLOGS_SERVICE_NAME", "variable")
	t.Setenv("DLOGS_COMPONENT_NAME", "variable")
	t.Setenv("DLOGS_LEVEL", "debug")
	config := options(t, s)
	config.ServiceName, config.ComponentName = "explicit", ""
	logger := open(t, config)
	same(t, "level", logger.Level(), dlogs.LevelDebug)
	logger.Debug("m")
	s.Wait(t, 1)
	client := s.Headers()[0].Client
	same(t, "client", []any{client["service"], client["component"], client["environment"]}, []any{"explicit", "variable", "file"})
}

func TestTheProgramsNameIsTheService(t *testing.T) {
	s := sink.Open(t)
	config := options(t, s)
	config.ServiceName = ""
	open(t, config).Info("m")
	s.Wait(t, 1)
	name, _ := s.Headers()[0].Client["service"].(string)
	if program := filepath.Base(os.Args[0]); name != program && name != strings.TrimSuffix(program, ".test") {
		t.Errorf("the service is %q, the program %q", name, program)
	}
}

func TestLevelsHaveNames(t *testing.T) {
	for name, want := range map[string]dlogs.Level{"WARN": dlogs.LevelWarning, " fatal ": dlogs.LevelCritical, "notice": dlogs.LevelInfo,
		"TRACE": dlogs.LevelTrace, "dbg": dlogs.LevelDebug, "Error": dlogs.LevelError} {
		level, err := dlogs.ParseLevel(name)
		if err != nil || level != want {
			t.Errorf("%q is %v, %v", name, level, err)
		}
		var read dlogs.Level
		text, _ := want.MarshalText()
		if err := read.UnmarshalText(text); err != nil || read != want {
			t.Errorf("%s comes back as %v, %v", text, read, err)
		}
	}
	if _, err := dlogs.ParseLevel("loud"); err == nil || dlogs.Level(42).String() != "Level(42)" {
		t.Error("loud is a level")
	}
}
