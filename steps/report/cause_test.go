package report

import "testing"

func TestACauseIsTheSameInEveryRunAndAnotherForWhatIsWrongOtherwise(t *testing.T) {
	then := Example{Message: "the answer to PATCH /Users/oks5mk2f7ojoqhp3xnsno53zyc", Want: "200", Got: "sduo-84fd6e22-42 at 127.0.0.1:32785"}
	for name, c := range map[string]struct {
		now  Example
		same bool
	}{
		"ids, marks and ports":  {Example{Message: "the answer to PATCH /Users/7", Want: "200", Got: "sduo-0a1b2c3d-7 at 127.0.0.1:40123"}, true},
		"a group's and no user": {Example{Message: "the answer to PATCH /Groups/7", Want: "200", Got: then.Got}, false},
		"another status":        {Example{Message: then.Message, Want: "204", Got: then.Got}, false},
	} {
		if same := Cause(then) == Cause(c.now); same != c.same {
			t.Errorf("%s: the same cause is %v, want %v", name, same, c.same)
		}
	}
}
