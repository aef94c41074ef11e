// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workspace/publish_options.h"

#include "app/workspace/values.h"
#include "core/crypto/secp256k1.h"

namespace amana::app {

Result<sharing::Custodian> custodianOf(const sharing::Actor &actor, const QString &id)
{
    if (id == kInstitutionChoice)
        return sharing::institutionCustodian(actor);
    AMANA_TRY(const Address address, crypto::parseAddress(id.toStdString()));
    return sharing::custodianAt(actor, address);
}

Result<sharing::PublishOptions> publishOptions(const sharing::Actor &actor, const ports::PublishSpec &spec)
{
    sharing::PublishOptions options;
    options.draft = spec.draft.toStdString();
    options.title = spec.title.toStdString();
    options.keywords = toStrings(spec.keywords);
    options.purposes = toStrings(spec.purposes);
    options.threshold = spec.threshold;
    for (const QString &id : spec.custodians) {
        AMANA_TRY(sharing::Custodian custodian, custodianOf(actor, id));
        options.custodians.push_back(std::move(custodian));
    }
    return options;
}

} // namespace amana::app
