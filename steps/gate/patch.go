package gate

import (
	"context"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/steps/judge"
)

// chooseNew chooses a new value for each mapped attribute that has one value and is text, a
// number, a time or a flag. An example in which there is none has passed, as the test has.
func (w *World) chooseNew(ctx context.Context, name string) error {
	s, err := w.Subject(name)
	if err != nil {
		return err
	}
	all, err := w.settable(ctx, s.Collection)
	if err != nil {
		return err
	}
	w.replaced = nil
	for _, d := range all {
		if d.kind != "" || d.definition.MultiValued || d.definition.Mutability == scim.Immutable {
			continue
		}
		value := w.sample(d, 2)
		if s.Collection == "Groups" && d.is("displayName") {
			value = w.GroupName(name + "-updated")
		}
		w.replaced = append(w.replaced, replacement{d.mapped, value})
	}
	if len(w.replaced) == 0 {
		w.Asserted(1)
		return judge.ErrEnded
	}
	return nil
}

func (w *World) replacesEach(ctx context.Context, name string) error {
	if err := w.chooseNew(ctx, name); err != nil {
		return err
	}
	return w.replaceAll(ctx, name)
}

// replacesByNothing leaves out what /Schemas calls required.
func (w *World) replacesByNothing(ctx context.Context, name, nothing string) error {
	s, err := w.Subject(name)
	if err != nil {
		return err
	}
	all, err := w.settable(ctx, s.Collection)
	if err != nil {
		return err
	}
	value := any("")
	if nothing == "null" {
		value = nil
	}
	w.replaced = nil
	for _, d := range all {
		if !d.required {
			w.replaced = append(w.replaced, replacement{d.mapped, value})
		}
	}
	if len(w.replaced) == 0 {
		w.Asserted(1)
		return judge.ErrEnded
	}
	return w.replaceAll(ctx, name)
}

// replaceAll sends one request with an operation for each value.
func (w *World) replaceAll(ctx context.Context, name string) error {
	s, err := w.Subject(name)
	if err != nil {
		return err
	}
	operations := make([]any, len(w.replaced))
	for i, r := range w.replaced {
		operations[i] = operation("replace", r.path, r.value)
	}
	return w.patch(ctx, s, operations)
}

func (w *World) hasNoValueOfThem(ctx context.Context, name string) error {
	return w.RereadUntil(ctx, name, func(now *judge.Subject) error {
		var left []string
		for _, r := range w.replaced {
			if v := r.of(now.Shown); v != "" && !scim.IsUnassigned(v) {
				left = append(left, r.path+" "+judge.Text(v))
			}
		}
		return w.ExpectThat(len(left) == 0, "the attributes of "+name+" that were replaced by nothing", "no value", strings.Join(left, ", "))
	})
}

func (w *World) eachIsReadBack(ctx context.Context, name string) error {
	return w.RereadUntil(ctx, name, func(now *judge.Subject) error {
		var other []string
		for _, r := range w.replaced {
			if v := r.of(now.Shown); judge.Text(v) != judge.Text(r.value) {
				other = append(other, r.path+" "+judge.Text(v)+" for "+judge.Text(r.value))
			}
		}
		return w.ExpectThat(len(other) == 0, "the attributes of "+name+" as they are read now", "what was sent", strings.Join(other, ", "))
	})
}
