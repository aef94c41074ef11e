// SPDX-License-Identifier: GPL-3.0-or-later

//go:build tools

// Package peers pins the programs of others that the tests compare with.
package peers

import _ "github.com/ipfs/kubo/cmd/ipfs"
