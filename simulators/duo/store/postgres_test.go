package store_test

import (
	"os"
	"testing"

	"github.com/simulate-duo/simulate-duo/simulators/duo/store/storetest"
)

// TestMain stops the server that a test has started. A process with $STORE_CHILD
// is a child of a test.
func TestMain(m *testing.M) {
	if where := os.Getenv(childState); where != "" {
		os.Exit(child(where, os.Getenv(childTask)))
	}
	code := m.Run()
	storetest.Stop()
	os.Exit(code)
}
