package lab

import "testing"

func TestARunIsStartedAndFollowedToItsReportInABrowser(t *testing.T) {
	chromium := browser(t)
	_, v, _ := followed(t, Options{})
	other, p := open(chromium, t, v.origin, pathJudge), open(chromium, t, v.origin, pathJudge)
	p.click("Whole: every example of every requirement", "")
	p.enter("CSA-DEPROV-01", "Only these requirements")
	p.click("Start the run", "")
	other.wait(`document.querySelector("#run").innerText.includes("1 passed")`)
	other.click("Open the report", "")
	if style := other.text(`getComputedStyle(document.querySelector("a.skip")).position`); style != "absolute" {
		t.Errorf("the report has no style: the skip link is %s", style)
	}
	other.wait(`document.body.innerText.includes("Everything that was judged holds")`)
}
