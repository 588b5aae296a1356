package desk

import (
	"encoding/json"
	"fmt"

	"huiyin/internal/letter"
	"huiyin/internal/store"
	"huiyin/internal/vault"
	"huiyin/search"
)

// Document is a letter as the members' index keeps it. Name and phone of its sender go in as keyed hashes. With an error,
// which says that the contact data cannot be read, the document lacks the name alone.
func Document(f store.Filed, v *vault.Vault) (search.DeskDocument, error) {
	d := search.DeskDocument{Number: f.Number, Title: f.Title, Body: f.Body, Reply: f.Reply, State: f.State, Unit: f.Unit,
		Helping: f.Helping, Guard: f.Guard, Accused: f.Accused, Urgent: f.Urgent, Sender: f.Sender, Received: f.Received}
	if len(f.Contact) == 0 {
		return d, nil
	}
	plain, err := v.Open(f.Contact)
	if err != nil {
		return d, fmt.Errorf("contact of %s: %w", f.Number, err)
	}
	var who letter.Contact
	if err := json.Unmarshal(plain, &who); err != nil {
		return d, fmt.Errorf("contact of %s: %w", f.Number, err)
	}
	d.Name = nameKey(v, who.Name)
	return d, nil
}

// nameKey is what a name is found by, as a whole; empty for none.
func nameKey(v *vault.Vault, name string) string {
	folded := search.FoldedName(name)
	if folded == "" {
		return ""
	}
	return v.Sign("name", folded)
}

// RightsOf says in terms of the members' index what the reader says of the database.
func RightsOf(r store.Reader) search.Rights {
	return search.Rights{All: r.All, Urgent: r.Urgent, Units: r.Units, Own: r.Own, Guards: r.Guards}
}
