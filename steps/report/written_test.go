package report

import "testing"

func TestTheTextOfARequirementDoesNotRepeatItsSource(t *testing.T) {
	for _, c := range []struct{ source, text, want string }{
		{"RFC 7644 section 3.8", "Section 3.8.", ""},
		{"RFC 7644 section 3.8", "Section 3.8: the format\ndefaults to SCIM's.", "the format defaults to SCIM's."},
		{"RFC 7644 section 3.8", "Section 3.8.1 says more.", "Section 3.8.1 says more."},
		{"a page", "It is so. Source: a page.", "It is so."},
		{"a page", "a page says so.", "a page says so."},
	} {
		if got := PlainText(&Requirement{Source: c.source, Text: c.text}); got != c.want {
			t.Errorf("%q: got %q, want %q", c.text, got, c.want)
		}
	}
}

func TestNoCitationIsDoubled(t *testing.T) {
	for _, c := range []struct{ source, text, want string }{
		{"RFC 7643 section 3.1", "Section 3.1.", "RFC 7643 section 3.1"},
		{"RFC 7643 section 3.1", "Section 3.1. An id is opaque.", "RFC 7643 section 3.1: An id is opaque."},
		{"RFC 7643 section 3.1", "It follows from RFC 7643 section 3.1.", "It follows from RFC 7643 section 3.1."},
		{"a page", "", "a page"},
		{"RFC 7643 section 2.1", "Section 2.1 calls them case insensitive.", "RFC 7643 section 2.1 calls them case insensitive."},
		{"RFC 7643 section 2.5", "Section 2.5, whether a resource is created.", "RFC 7643 section 2.5, whether a resource is created."},
		{"RFC 7643 section 2.1", "Section 2.1.1 says more.", "RFC 7643 section 2.1: Section 2.1.1 says more."},
	} {
		if got := Written(&Requirement{Source: c.source, Text: c.text}); got != c.want {
			t.Errorf("%q: got %q, want %q", c.text, got, c.want)
		}
	}
}

func TestAnEmptyValueIsSaidToBeEmpty(t *testing.T) {
	for _, c := range []struct{ want, got, shownWant, shownGot string }{
		{"a list", "", "a list", "(empty)"}, {"", "a list", "(empty)", "a list"}, {"a", "b", "a", "b"}, {"", "", "", ""},
	} {
		if want, got := Values(c.want, c.got); want != c.shownWant || got != c.shownGot {
			t.Errorf("%q and %q are shown as %q and %q", c.want, c.got, want, got)
		}
	}
}
