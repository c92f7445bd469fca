package bulk

import (
	"testing"
)

func TestALimitIsNamedByItsNameOrItsValue(t *testing.T) {
	for detail, want := range map[string]bool{
		"The size of the bulk operation exceeds the maxPayloadSize (1048576).": true,
		"max payload size exceeded":            true,
		"the request is larger than 1048576":   true,
		"at most 1,048,576 bytes, please":      true,
		"at most 1.048.576 bytes, please":      true,
		"at most 1 MiB":                        true,
		"at most 1024 KiB":                     true,
		"payload too large":                    false,
		"at most 1000 operations":              false,
		"more operations than maxOperations":   false,
		"error 413":                            false,
		"":                                     false,
		"99999999999999999999999 is too large": false,
	} {
		if got := namesLimit(detail, "maxPayloadSize", 1<<20); got != want {
			t.Errorf("%q: %v", detail, got)
		}
	}
	if !namesLimit("more than 1 000 operations", "maxOperations", 1000) || namesLimit("more than 1 MiB", "maxOperations", 1000) {
		t.Error("a number of operations is not read as what it is")
	}
}
