// SPDX-License-Identifier: GPL-3.0-or-later

//go:build tools

// Package age pins the age that knows post-quantum recipients. A module of its own: its pins and Kubo's do not meet.
package age

import (
	_ "filippo.io/age/cmd/age"
	_ "filippo.io/age/cmd/age-keygen"
)
