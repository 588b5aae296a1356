package bench

import (
	"database/sql"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"os"
	"strconv"

	"huiyin/internal/store"
)

// request is what a letter's POST carries, for both servers.
type request struct {
	Kind  string `json:"kind"`
	Title string `json:"title"`
	Body  string `json:"body"`
	Name  string `json:"name"`
	Phone string `json:"phone"`
}

// Bare serves what the least server would do that keeps every letter: net/http,
// a pool of one connection, one row and one COMMIT a request. It opens its file
// under the same address as the store does, and prints where it listens.
func Bare(path string) error {
	db, err := sql.Open("sqlite", store.WriterAddress(path))
	if err != nil {
		return err
	}
	defer db.Close()
	db.SetMaxOpenConns(1)
	if _, err := db.Exec(`CREATE TABLE letters (number INTEGER PRIMARY KEY, kind TEXT, title TEXT, body TEXT, name TEXT, phone TEXT)`); err != nil {
		return fmt.Errorf("make the table: %w", err)
	}
	insert, err := db.Prepare(`INSERT INTO letters (kind, title, body, name, phone) VALUES ($1, $2, $3, $4, $5)`)
	if err != nil {
		return fmt.Errorf("prepare: %w", err)
	}
	defer insert.Close()
	http.HandleFunc("POST "+address, func(w http.ResponseWriter, q *http.Request) {
		var r request
		if err := json.NewDecoder(q.Body).Decode(&r); err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		done, err := insert.ExecContext(q.Context(), r.Kind, r.Title, r.Body, r.Name, r.Phone)
		if err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		number, err := done.LastInsertId()
		if err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(http.StatusCreated)
		fmt.Fprintf(w, `{"number":%s}`, strconv.Quote(strconv.FormatInt(number, 10)))
	})
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	fmt.Fprintf(os.Stdout, "http://%s\n", listener.Addr())
	return http.Serve(listener, nil)
}
