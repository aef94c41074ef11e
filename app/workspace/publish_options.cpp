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
    options.breakGlass = spec.emergencyAccess;
    if (const QString price = spec.price.trimmed(); !price.isEmpty() && price != QLatin1String("0")) {
        AMANA_TRY(options.sale.price,
                  chain::amountFromText(price.toStdString(), actor.chain.profile().currency));
        if (spec.arbiter.isEmpty())
            return fail(ErrorCode::MoneyNoArbiter);
        AMANA_TRY(const sharing::Custodian arbiter, custodianOf(actor, spec.arbiter));
        options.sale.arbiter = arbiter.address;
    }
    for (const QString &id : spec.custodians) {
        AMANA_TRY(sharing::Custodian custodian, custodianOf(actor, id));
        options.custodians.push_back(std::move(custodian));
    }
    return options;
}

} // namespace amana::app
