package provider

import "sync"

// OneAtATime returns a function that calls f and waits while another call is
// under way. Providers that share a clock or a source of ids, which need not be
// safe for concurrent use, share it through this. Nil stays nil.
func OneAtATime[T any](f func() T) func() T {
	if f == nil {
		return nil
	}
	var mu sync.Mutex
	return func() T {
		mu.Lock()
		defer mu.Unlock()
		return f()
	}
}
