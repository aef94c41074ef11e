// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workspace/catalogue_words.h"

#include "core/content/cid.h"
#include "core/crypto/secp256k1.h"

namespace amana::app {

chain::CatalogueQuery catalogueQuery(const Contacts &contacts, const QString &text)
{
    chain::CatalogueQuery query;
    const QString typed = text.trimmed();
    if (typed.isEmpty())
        return query;
    if (const auto cid = content::Cid::parse(typed.toStdString())) {
        query.cid = cid->digest;
        return query;
    }
    query.text = typed.toStdString();
    query.orOwners = contacts.peopleCalled(typed);
    query.orInstitutions = contacts.institutionsCalled(typed);
    if (const auto who = crypto::parseAddress(query.text))
        query.orOwners.push_back(*who);
    return query;
}

} // namespace amana::app
