package main

import (
	"bytes"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"sync"

	"github.com/simulate-duo/simulate-duo/simulators/provider/faults"
	"github.com/simulate-duo/simulate-duo/simulators/provider/faults/rewrite"
)

// touched is the header by which an answer names the choices that had a say in it.
const touched = "Simulate-Duo-Touched"

// telling puts choices before a server, the first outermost, and lets the answers tell which
// of them had a say.
func telling(server http.Handler, choices []faults.Variation) http.Handler {
	for _, v := range slices.Backward(choices) {
		server = tellingOf(server, v)
	}
	return server
}

// tellingOf says that a choice had a say where what the server got or said is not what came
// in or went out.
func tellingOf(server http.Handler, choice faults.Variation) http.Handler {
	var mu sync.Mutex // one request at a time, so that the last one inside belongs to it
	var got string
	var said *rewrite.Answer
	wrapped := choice.Wrap(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		got = asking(r)
		said = written(server, r)
		said.Send(w)
	}))
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		defer mu.Unlock()
		got, said = "", nil
		came := asking(r)
		answer := written(wrapped, r)
		if said == nil || got != came || !alike(said, answer) {
			answer.Header.Add(touched, choice.Name)
		}
		answer.Send(w)
	})
}

// written is the answer as it is written; the length of its body is for whoever sends it.
func written(server http.Handler, r *http.Request) *rewrite.Answer {
	a := rewrite.Serve(server, r)
	a.Body = nil
	a.Header.Del("Content-Length")
	return a
}

// asking is what a request asks, with its headers.
func asking(r *http.Request) string {
	return fmt.Sprint(r.Method, r.URL, r.Header, string(rewrite.RawBody(r)))
}

func alike(a, b *rewrite.Answer) bool {
	return a.Status == b.Status && bytes.Equal(a.Raw, b.Raw) && maps.EqualFunc(a.Header, b.Header, slices.Equal[[]string])
}
