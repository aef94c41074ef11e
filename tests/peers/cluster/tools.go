// SPDX-License-Identifier: GPL-3.0-or-later

//go:build tools

// Package cluster pins the IPFS Cluster that the tests compare with. A module of its own: its pins and Kubo's do not meet.
package cluster

import _ "github.com/ipfs-cluster/ipfs-cluster/cmd/ipfs-cluster-service"
