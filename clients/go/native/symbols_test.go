//go:build cgo && linux

package native_test

import (
	"debug/elf"
	"runtime"
	"strings"
	"testing"
)

// A program may link another Rust library too: of ours it sees only the C ABI.
func TestOnlyTheExportsCanBeSeen(t *testing.T) {
	platform := "linux_" + runtime.GOARCH
	object, err := elf.Open(platform + "/dlogs_" + platform + ".syso")
	if err != nil {
		t.Fatal(err)
	}
	defer object.Close()
	symbols, err := object.Symbols()
	if err != nil {
		t.Fatal(err)
	}
	exports := 0
	for _, symbol := range symbols {
		if symbol.Section == elf.SHN_UNDEF || elf.ST_BIND(symbol.Info) == elf.STB_LOCAL {
			continue
		}
		if !strings.HasPrefix(symbol.Name, "dlogs_") {
			t.Errorf("%s can be seen", symbol.Name)
		}
		exports++
	}
	if exports < 10 {
		t.Errorf("only %d exports", exports)
	}
}
