package store

import (
	"encoding/binary"
	"fmt"
)

// features are kept as their bytes, four each.
type features struct{ to *[]uint32 }

func featureBytes(list []uint32) []byte {
	b := make([]byte, 0, 4*len(list))
	for _, f := range list {
		b = binary.BigEndian.AppendUint32(b, f)
	}
	return b
}

func (f features) Scan(v any) error {
	b, ok := v.([]byte)
	if !ok && v != nil {
		return fmt.Errorf("features cannot be %T", v)
	}
	*f.to = nil
	for ; len(b) >= 4; b = b[4:] {
		*f.to = append(*f.to, binary.BigEndian.Uint32(b))
	}
	return nil
}
