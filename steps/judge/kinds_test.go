package judge

import "testing"

func TestADateTimeMayLeaveItsZoneOut(t *testing.T) {
	for text, is := range map[string]bool{
		"2026-11-30T12:10:42Z": true, "2026-11-30T12:10:42.5+01:00": true, "2026-11-30T12:10:42": true, // xsd:dateTime, RFC 7643 section 2.3.5
		"2026-11-30": false, "2026-11-30 12:10:42": false, "2026-11-30T12:10:42 UTC": false,
	} {
		if IsA(text, "dateTime") != is {
			t.Errorf("%q is a dateTime: want %t", text, is)
		}
	}
}
