// Command unwell is a server in a container that does not do its work; its
// argument says how.
package main

import (
	"fmt"
	"net/http"
	"os"
	"strings"
	"time"
)

func main() {
	switch os.Args[1] {
	case "die":
		fmt.Fprintln(os.Stderr, "the database is missing")
		os.Exit(3)
	case "hang":
		fmt.Println("still waiting for the database")
		time.Sleep(time.Hour)
	case "ail":
		serve(http.StatusServiceUnavailable)
	case "refuse": // no more than many servers do: an answer is an answer
		serve(http.StatusUnauthorized)
	case "chatter":
		line := strings.Repeat("so much to tell ", 64)
		for range 100 << 10 { // 100 MB
			fmt.Println(line)
		}
		fmt.Println("and that was all")
		os.Exit(1)
	}
}

func serve(status int) {
	handler := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(status) })
	fmt.Println(http.ListenAndServe(":8080", handler))
}
