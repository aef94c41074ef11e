// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ports/common.h"

#include <QDateTime>
#include <QStringList>

#include <vector>

namespace amana::ports {

struct CatalogueRow {
    QString dataset;       ///< number in the registry
    QString kind;          ///< "dataset" | "model"
    QString title;
    QStringList keywords;
    Party owner;
    QString records;       ///< as the card says, "<11" included; empty: not told
    QString subjects;
    QStringList purposes;  ///< DUO codes
    QStringList conditions; ///< those of them that a requester has to accept
    QString custody;       ///< "patient" | "committee" | "institution"
    QString price;         ///< empty: free
    QDateTime published;
    QString cid;
    bool withdrawn = false;
    QString ownRequest;    ///< number of my open or approved request; empty: none
};

/// What may be asked for.
class CataloguePort {
public:
    virtual ~CataloguePort() = default;

    /// `query` empty: all. `purpose` empty: any, else only what a request for this use may name.
    virtual Future<std::vector<CatalogueRow>> entries(const QString &query, const QString &purpose) = 0;
    virtual FutureStatus refresh() = 0; ///< reads the chain up to its head
};

} // namespace amana::ports
