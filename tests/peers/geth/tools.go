// SPDX-License-Identifier: GPL-3.0-or-later

//go:build tools

// Package geth pins the Ethereum node that the tests compare with. A module of its own: its pins and Kubo's do not meet.
package geth

import _ "github.com/ethereum/go-ethereum/cmd/geth"
