package main

import (
	"bufio"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"runtime"
	"runtime/metrics"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	vegeta "github.com/tsenart/vegeta/v12/lib"

	"github.com/simulate-duo/simulate-duo/simulators/directory"
	"github.com/simulate-duo/simulate-duo/simulators/duo"
	"github.com/simulate-duo/simulate-duo/simulators/duo/store"
	"github.com/simulate-duo/simulate-duo/simulators/provider"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
)

// benchTargetName is the name under which this test program serves a target, in a
// process of its own, so that its memory and its collector are not the engine's.
const benchTargetName = "benchmark-target"

// serveBenchTarget serves an empty provider until its standard input ends.
// GET /heap tells its live heap.
func serveBenchTarget() {
	p, err := provider.New(provider.Config{})
	if err != nil {
		fmt.Fprintln(os.Stdout, err)
		os.Exit(exitCannot)
	}
	mux := http.NewServeMux()
	mux.Handle("/", p)
	mux.HandleFunc("/heap", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, liveHeap()) })
	server, url, err := listenBench(mux)
	if err != nil {
		fmt.Fprintln(os.Stdout, err)
		os.Exit(exitCannot)
	}
	fmt.Fprintln(os.Stdout, url)
	_, _ = io.Copy(io.Discard, os.Stdin)
	_ = server.Close()
}

func listenBench(h http.Handler) (*http.Server, string, error) {
	l, err := listenLoopback()
	if err != nil {
		return nil, "", err
	}
	server := &http.Server{Handler: h, ReadHeaderTimeout: time.Minute}
	go func() { _ = server.Serve(l) }()
	return server, "http://" + l.Addr().String(), nil
}

type benchTarget struct {
	url  string
	stop func() // and wait, which makes its processor time known
}

func startTarget(t *testing.T) benchTarget {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), self)
	cmd.Args = []string{benchTargetName}
	stdin, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	stop := sync.OnceFunc(func() {
		_ = stdin.Close()
		_ = cmd.Wait()
	})
	t.Cleanup(stop)
	line, err := bufio.NewReader(stdout).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	return benchTarget{strings.TrimSpace(line), stop}
}

func (b benchTarget) heap(t *testing.T) uint64 {
	t.Helper()
	answer, err := http.Get(b.url + "/heap")
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	n, err := strconv.ParseUint(string(text), 10, 64)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// liveHeap is what is left after a collection, in bytes.
func liveHeap() uint64 {
	runtime.GC()
	return lastLive()
}

func lastLive() uint64 {
	sample := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	metrics.Read(sample)
	return sample[0].Value.Uint64()
}

// watchHeap looks at the live heap until the returned function is called, which
// returns its peak.
func watchHeap() (peak func() uint64) {
	done, most := make(chan struct{}), uint64(0)
	var running sync.WaitGroup
	running.Go(func() {
		ticks := time.NewTicker(50 * time.Millisecond)
		defer ticks.Stop()
		for {
			select {
			case <-done:
				return
			case <-ticks.C:
				most = max(most, lastLive())
			}
		}
	})
	return func() uint64 {
		close(done)
		running.Wait()
		return max(most, liveHeap())
	}
}

// measured is one cycle, or one attack.
type measured struct {
	requests  int64
	took      time.Duration
	processor time.Duration // of this process, and of the target if it has ended
}

func (m measured) rate() float64 { return float64(m.requests) / m.took.Seconds() }

func (m measured) String() string {
	text := fmt.Sprintf("%d requests in %s", m.requests, round(m.took))
	if m.requests > 0 {
		text += fmt.Sprintf(", %.0f/s", m.rate())
	}
	return text + fmt.Sprintf(", processor time %s", round(m.processor))
}

// processorTime is that of this process and of its children that have ended.
// Unlike the time on the clock it says the same on a busy machine.
func processorTime() time.Duration {
	var sum time.Duration
	for _, who := range []int{syscall.RUSAGE_SELF, syscall.RUSAGE_CHILDREN} {
		var used syscall.Rusage
		if syscall.Getrusage(who, &used) == nil {
			sum += time.Duration(used.Utime.Nano() + used.Stime.Nano())
		}
	}
	return sum
}

// alone measures against a target of its own.
func alone(t *testing.T, do func(url string) measured) measured {
	t.Helper()
	target := startTarget(t)
	before := processorTime()
	m := do(target.url)
	target.stop()
	m.processor = processorTime() - before
	return m
}

func syncOnce(t *testing.T, dir *directory.Directory, s store.Store) measured {
	t.Helper()
	return alone(t, func(url string) measured { return cycleAt(t, url, dir, s) })
}

// counter counts requests, and hands them to see.
type counter struct {
	next http.RoundTripper
	n    atomic.Int64
	see  func(*http.Request)
}

func (c *counter) RoundTrip(r *http.Request) (*http.Response, error) {
	c.n.Add(1)
	if c.see != nil {
		c.see(r)
	}
	return c.next.RoundTrip(r)
}

func cycleAt(t *testing.T, url string, dir *directory.Directory, s store.Store) measured {
	t.Helper()
	return watchedCycle(t, url, dir, s, nil)
}

func watchedCycle(t *testing.T, url string, dir *directory.Directory, s store.Store, see func(*http.Request)) measured {
	t.Helper()
	c := &counter{next: keepAlive(nil, benchWorkers), see: see}
	client := &wire.Client{BaseURL: url, HTTP: &http.Client{Transport: c}}
	p, err := duo.New(benchApp(dir), duo.Profile{}, client, duo.Options{Store: s, Workers: benchWorkers, MaxMembersPerPatch: 1000})
	if err != nil {
		t.Fatal(err)
	}
	began, before := time.Now(), processorTime()
	sum, err := p.Continue(t.Context(), dir, duo.Cycle{})
	took := time.Since(began)
	if err != nil || sum.Failed() > 0 {
		t.Fatalf("%v: %v", sum, err)
	}
	return measured{c.n.Load(), took, processorTime() - before}
}

// recordedRequests are the requests on users of a first synchronisation. Those on
// groups name ids that another target does not have.
func recordedRequests(t *testing.T, dir *directory.Directory) []vegeta.Target {
	t.Helper()
	var mu sync.Mutex
	var all []vegeta.Target
	watchedCycle(t, startTarget(t).url, dir, store.NewMemory(), func(r *http.Request) {
		if !strings.HasPrefix(r.URL.Path, "/Users") {
			return
		}
		target := vegeta.Target{Method: r.Method, URL: r.URL.RequestURI(), Header: r.Header.Clone()}
		if r.GetBody != nil {
			if body, err := r.GetBody(); err == nil {
				target.Body, _ = io.ReadAll(body)
			}
		}
		mu.Lock()
		defer mu.Unlock()
		all = append(all, target)
	})
	return all
}

// attackOnce sends the requests to a new target, as fast as vegeta can.
func attackOnce(t *testing.T, requests []vegeta.Target) measured {
	t.Helper()
	return alone(t, func(url string) measured {
		return attack(t, url, len(requests), func(i int) vegeta.Target { return requests[i] })
	})
}

func attack(t *testing.T, url string, n int, request func(i int) vegeta.Target) measured {
	t.Helper()
	var next atomic.Int64
	targeter := func(target *vegeta.Target) error {
		i := int(next.Add(1)) - 1
		if i >= n {
			return vegeta.ErrNoTargets
		}
		*target = request(i)
		target.URL = url + target.URL
		return nil
	}
	attacker := vegeta.NewAttacker(vegeta.Workers(benchWorkers), vegeta.MaxWorkers(benchWorkers), vegeta.Connections(benchWorkers), vegeta.HTTP2(false))
	began := time.Now()
	good := 0
	for result := range attacker.Attack(targeter, vegeta.Rate{}, 0, "") {
		if result.Code >= 200 && result.Code < 300 {
			good++
		}
	}
	took := time.Since(began)
	if good < n {
		t.Fatalf("%d of %d requests succeeded", good, n)
	}
	return measured{requests: int64(n), took: took}
}

// providerRatios compares a large with a small target, and a target with a handler
// that answers a constant.
func providerRatios(t *testing.T, r *results) {
	small, large := populate(t, 2_000, 1_000), populate(t, 1_000_000, 100_000)
	runtime.GC()
	for _, ask := range []struct {
		what    string
		request func(c populated, i int) (method, path, body string)
	}{
		{"GET by id", func(c populated, _ int) (string, string, string) { return "GET", "/Users/" + c.last, "" }},
		{"filter by userName", func(c populated, _ int) (string, string, string) {
			return "GET", "/Users?filter=userName+eq+%22" + c.lastName + "%22", ""
		}},
		{"PATCH of one member", func(c populated, i int) (string, string, string) {
			op := `{"op":"add","path":"members","value":[{"value":"` + c.last + `"}]}`
			if i%2 == 1 {
				op = `{"op":"remove","path":"members[value eq \"` + c.last + `\"]"}`
			}
			return "PATCH", "/Groups/" + c.group + "?excludedAttributes=members", `{"schemas":["` + scim.PatchOpURN + `"],"Operations":[` + op + `]}`
		}},
	} {
		var s, l []float64
		for range 200 { // in turn and short, so that both see the same machine, and some of them see it alone
			s = append(s, small.time(t, ask.request).Seconds())
			l = append(l, large.time(t, ask.request).Seconds())
		}
		few, many := slices.Min(s), slices.Min(l)
		r.atMost("provider, "+ask.what+": 1,000,000 users and a group of 100,000 to 2,000 users and a group of 1,000", many/few, 1.5,
			fmt.Sprintf("%.1f µs to %.1f µs", many*1e6, few*1e6))
	}
	constantRatio(t, r, small)
}

func constantRatio(t *testing.T, r *results, c populated) {
	body := c.ask(t, "GET", "/Users/"+c.last, "")
	constant := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", scim.MediaType)
		_, _ = w.Write(body)
	})
	get := func(int) vegeta.Target { return vegeta.Target{Method: "GET", URL: "/Users/" + c.last} }
	var ratios []float64
	var raw strings.Builder
	for range benchRounds {
		var rates [2]float64
		for i, h := range []http.Handler{c.Provider, constant} {
			server, url, err := listenBench(h)
			if err != nil {
				t.Fatal(err)
			}
			rates[i] = attack(t, url, 10_000, get).rate()
			_ = server.Close()
		}
		ratios = append(ratios, rates[0]/rates[1])
		fmt.Fprintf(&raw, " %.0f to %.0f;", rates[0], rates[1])
	}
	r.atLeast("provider, GET by id: rate to that of a handler that answers a constant body of the size", median(ratios), 0.5, "requests/s in each round:"+raw.String())
}
