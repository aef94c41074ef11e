// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "chain_fixture.h"

#include "core/crypto/hash.h"

namespace amana::chain::test {

/// A running home with a clinician, a patient and a researcher of institution 1, and a stranger; what most tests of the
/// contracts do with them. A base of test classes.
class Consortium {
protected:
    Home m_home;
    crypto::SigningKey m_clinician = keyOf("clinician");
    crypto::SigningKey m_patient = keyOf("patient");
    crypto::SigningKey m_researcher = keyOf("researcher");
    crypto::SigningKey m_stranger = keyOf("stranger");

    Chain &chain() { return *m_home.chain; }
    Result<Receipt> send(const crypto::SigningKey &key, const Call &call)
    {
        return m_home.outbox->send(chain(), key, call);
    }

    Result<std::uint64_t> publish(std::string_view name, std::uint64_t mask, std::uint8_t threshold,
                                  const std::vector<Address> &custodians)
    {
        PublishParams params = dataset(name, custodians);
        params.duoMask = mask;
        params.threshold = threshold;
        AMANA_TRY(const Receipt receipt, send(m_clinician, DatasetRegistry(chain()).publish(params)));
        return publishedId(receipt);
    }
    Result<std::uint64_t> ask(std::uint64_t dataset, std::uint8_t purpose, std::uint64_t until)
    {
        AMANA_TRY(
            const Receipt receipt,
            send(m_researcher, AccessGrants(chain()).request(dataset, {purpose, 0, until, digestOf("message")})));
        return requestedId(receipt);
    }
    static Approval approval(std::uint64_t request, const QByteArray &capsule = "capsule")
    {
        return {request, {1, 1, 0, 0}, capsule, crypto::sha256(bytesOf(capsule))};
    }

    Status open()
    {
        AMANA_CHECK(m_home.start());
        AMANA_CHECK(m_home.enrol(m_clinician, roles::kUploader));
        AMANA_CHECK(m_home.enrol(m_patient, roles::kPatient));
        AMANA_CHECK(m_home.enrol(m_researcher, roles::kResearcher));
        AMANA_CHECK(send(m_researcher, IdentityRegistry(chain()).setKey(digestOf("key"))));
        AMANA_CHECK(send(m_clinician, IdentityRegistry(chain()).setKey(digestOf("clinician's key"))));
        return {};
    }
};

} // namespace amana::chain::test
