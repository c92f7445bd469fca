package engine

import (
	"net/http"

	"github.com/simulate-duo/simulate-duo/simulators/secureaccess"
	"github.com/simulate-duo/simulate-duo/steps/judge"
)

// embeddedLogin is how to get in at the embedded target.
func embeddedLogin() *judge.LoginProbe {
	in, out := []int{http.StatusOK}, []int{http.StatusUnauthorized}
	return &judge.LoginProbe{
		URL: secureaccess.LoginPath, Method: http.MethodPost, Body: `{"userName": "{userName}", "password": "{password}"}`, In: in, Out: out,
		Session: &judge.SessionProbe{Take: "token", LoginProbe: judge.LoginProbe{
			URL: secureaccess.SessionPath, Method: http.MethodGet, Headers: map[string]string{"Authorization": "Bearer {session}"}, In: in, Out: out,
		}},
	}
}
