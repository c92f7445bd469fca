package judge

import (
	"strings"
	"time"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// How two views of one resource are compared.

// RepresentationDifference names the first attribute in which two views of one
// resource differ. Its times may be more precise in one of them.
func RepresentationDifference(what string, want, got *scim.Object) error {
	return mutualDifference(what, withSteadyTimes(want, got), withSteadyTimes(got, want))
}

// mutualDifference names the first attribute that only one of two views has, or
// in which they differ.
func mutualDifference(what string, want, got *scim.Object) error {
	if m := firstDifference(want, got); m != nil {
		return &Mismatch{What: what + ", " + m.What, Want: m.Want, Got: m.Got}
	}
	if m := firstDifference(got, want); m != nil {
		return &Mismatch{What: what + ", " + m.What, Want: m.Got, Got: m.Want}
	}
	return nil
}

// firstDifference names the first attribute that got does not show as want does;
// what want does not show is not looked at.
func firstDifference(want, got *scim.Object) *Mismatch {
	for name, value := range WithoutUnassigned(want).All() {
		if other, _ := got.Get(name); isNameOfAttribute(name) && Difference("", value, other) != nil {
			return &Mismatch{What: name, Want: Text(value), Got: Text(other)}
		}
	}
	return nil
}

// Unchanged compares a resource with what it was. An answer to a creation may show
// less of it than a read does.
func Unchanged(what string, was, now *Subject) error {
	if was.read {
		return mutualDifference(what, was.Shown, now.Shown)
	}
	if m := firstDifference(withSteadyTimes(was.Shown, now.Shown), now.Shown); m != nil {
		return &Mismatch{What: what + ", " + m.What, Want: m.Want, Got: m.Got}
	}
	return nil
}

// withSteadyTimes is a resource without those times in meta that are less than a second
// away from those of another view of it.
func withSteadyTimes(o, other *scim.Object) *scim.Object {
	meta := o.Object("meta")
	if meta == nil {
		return o
	}
	meta = meta.Clone()
	for _, name := range []string{"created", "lastModified"} {
		a, errA := time.Parse(time.RFC3339Nano, meta.String(name))
		b, errB := time.Parse(time.RFC3339Nano, other.Object("meta").String(name))
		if errA == nil && errB == nil && a.Sub(b).Abs() < time.Second {
			meta.Delete(name)
		}
	}
	out := o.Clone()
	out.Set("meta", meta)
	return out
}

// IsStandardPath says whether a path leads into an attribute of the standard. What a
// server adds by itself may be shown in some answers only.
func IsStandardPath(collection, path string) bool {
	if within, _, ok := strings.Cut(strings.ToLower(path), strings.ToLower(scim.EnterpriseURN)); ok {
		return within == ""
	}
	name, _, _ := strings.Cut(path, ".")
	return IsStandard(collection, name)
}
