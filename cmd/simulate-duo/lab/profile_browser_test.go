package lab

import "testing"

func TestTheProfileIsSwitchedByKeyboardAndOtherPagesFollow(t *testing.T) {
	chromium := browser(t)
	l, v, _ := followed(t, Options{})
	other, p := open(chromium, t, v.origin, pathProfile), open(chromium, t, v.origin, pathProfile)
	p.keyboard = true
	p.click("Switch discovery to reads", "")
	p.wait(`document.querySelector("#said").innerText.includes("discovery=reads")`)
	other.wait(`document.querySelector("#different").innerText.includes("discovery: reads")`)
	p.click("Reset all to the default", "")
	other.wait(`document.querySelector("#different").innerText.includes("Nothing")`)
	if got := l.Profile().Answer("discovery"); got != "no" {
		t.Errorf("discovery is %s", got)
	}
}
