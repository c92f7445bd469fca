package rewrite

import (
	"time"
)

// Latency is what lies between looking and writing in a server that does not lock.
const Latency = 20 * time.Millisecond
