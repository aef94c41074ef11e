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

struct CatalogueSearch {
    QString text;    ///< in title and keywords; a number, a CID, a name or an address of who published. Empty: all
    QString purpose; ///< only what a request for this use may name; empty: any
    QString after;   ///< CataloguePage::next of the page before; empty: the first page
    int count = 100; ///< rows on the page
};

struct CataloguePage {
    std::vector<CatalogueRow> rows; ///< what fits the text best, or the newest, first
    QString next;                   ///< empty: there are no more
};

/// What may be asked for.
class CataloguePort {
public:
    virtual ~CataloguePort() = default;

    virtual Future<CataloguePage> entries(const CatalogueSearch &search) = 0;
    virtual FutureStatus refresh() = 0; ///< reads the chain up to its head
};

} // namespace amana::ports
