package html

import (
	"os"
	"testing"

	"github.com/gkampitakis/go-snaps/snaps"
)

func TestMain(m *testing.M) {
	code := m.Run()
	if _, err := snaps.Clean(m); err != nil {
		panic(err)
	}
	os.Exit(code)
}
