package duo

// Mark says how well a behaviour of the real Duo is known.
type Mark string

// The three marks, best first.
const (
	Documented Mark = "documented" // a vendor's page says so
	Observed   Mark = "observed"   // a published screenshot or log shows it
	Assumed    Mark = "assumed"    // not published: one plausible reading
)
