package duo

import (
	"context"
	"sync"
	"sync/atomic"
)

// each calls do for every number below n, in order, as many at a time as there
// are workers, and tells the progress of the phase. It ends early with the first error of do, with the context and
// with Stop; what has begun is finished.
func (p *Provisioner) each(ctx context.Context, phase Phase, n int, do func(i int) error) error {
	var next, done atomic.Int64
	var failed atomic.Pointer[error]
	work := func() {
		for failed.Load() == nil && p.interrupted(ctx) == nil {
			i := int(next.Add(1)) - 1
			if i >= n {
				return
			}
			if err := do(i); err != nil {
				failed.CompareAndSwap(nil, &err)
			}
			p.progress(phase, int(done.Add(1)), n)
		}
	}
	var running sync.WaitGroup
	for range min(p.opt.Workers, n) {
		running.Go(work)
	}
	running.Wait()
	if err := failed.Load(); err != nil {
		return *err
	}
	return p.interrupted(ctx)
}
