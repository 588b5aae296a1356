package live

import (
	"context"
	"fmt"
	"strings"

	"github.com/redis/go-redis/v9"
)

// Message is something published on a topic.
type Message struct {
	Topic string
	Text  string
}

// Publish tells all who listen to the topic now, in every copy of the program.
// Who does not listen misses it: pages then show it at their next load.
func (l *Live) Publish(ctx context.Context, topic, text string) error {
	if err := l.client.Publish(ctx, space+"push:"+topic, text).Err(); err != nil {
		return fmt.Errorf("publish on %s: %w", topic, err)
	}
	return nil
}

// Subscribe listens to the topics until ctx ends or Live closes; then the channel is
// closed. It returns only after Redis confirmed, so nothing published from then
// on is missed; after a break in the connection it listens again by itself.
func (l *Live) Subscribe(ctx context.Context, topics ...string) (<-chan Message, error) {
	names := make([]string, len(topics))
	for i, t := range topics {
		names[i] = space + "push:" + t
	}
	sub := l.client.Subscribe(ctx, names...)
	for range names {
		if _, err := sub.ReceiveTimeout(ctx, callTimeout); err != nil {
			sub.Close()
			return nil, fmt.Errorf("subscribe to %s: %w", strings.Join(topics, ", "), err)
		}
	}
	out := make(chan Message, 64)
	go l.forward(ctx, sub, out)
	return out, nil
}

// forward hands messages on until ctx or Live ends.
func (l *Live) forward(ctx context.Context, sub *redis.PubSub, out chan<- Message) {
	defer close(out)
	defer sub.Close()
	in := sub.Channel()
	for {
		select {
		case <-ctx.Done():
			return
		case <-l.stop:
			return
		case m, ok := <-in:
			if !ok {
				return
			}
			select {
			case out <- Message{Topic: strings.TrimPrefix(m.Channel, space+"push:"), Text: m.Payload}:
			case <-ctx.Done():
				return
			case <-l.stop:
				return
			}
		}
	}
}
