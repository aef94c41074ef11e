// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/amana/demo/byte_search.h"
#include "app/amana/demo/cast.h"
#include "app/amana/output.h"
#include "core/sharing/access.h"
#include "core/sharing/publisher.h"

#include <nlohmann/json.hpp>

#include <functional>
#include <optional>

namespace amana::cli {

/// The paper's eight steps on the bundled sample, then care elsewhere, then four refusals. Everything is done
/// by the same functions as the commands use; what is claimed is checked, and a claim that does not hold ends
/// it (InternalClaimFailed).
class Demo {
public:
    Demo(Cast &cast, const Output &out, const Clock &clock);

    [[nodiscard]] Status run();

private:
    /// What one step has to say: `facts` for JSON, `lines` for people.
    struct Told {
        nlohmann::json facts = nlohmann::json::object();
        QStringList lines;

        void fact(const char *key, const nlohmann::json &value, const QString &line);
    };
    using Work = std::function<Status(Told &)>;
    [[nodiscard]] Status step(const char *number, const QString &title, const Work &work);

    // the eight steps (demo_steps.cpp)
    [[nodiscard]] Status setUp(Told &told);
    [[nodiscard]] Status collect(Told &told);
    [[nodiscard]] Status choosePerson(Told &told);
    [[nodiscard]] Status deidentify(Told &told);
    [[nodiscard]] Status encrypt(Told &told);
    [[nodiscard]] Status checkPrivilege(Told &told);
    [[nodiscard]] Status registerHash(Told &told);
    [[nodiscard]] Status request(Told &told);
    [[nodiscard]] Status approveAndFetch(Told &told);
    [[nodiscard]] Status openAndShare(Told &told);

    // what follows (demo_after.cpp)
    [[nodiscard]] Status care(Told &told);
    [[nodiscard]] Status searchEverything(Told &told);
    [[nodiscard]] Status refusals();
    /// `outcome` must be a refusal with `expected`.
    [[nodiscard]] Status refused(const char *what, const QString &words, ErrorCode expected,
                                 const Status &outcome, std::optional<std::uint64_t> request);
    [[nodiscard]] Status uploadWithoutRole();
    [[nodiscard]] Result<std::uint64_t> ask(Cast::Role role, const char *purpose, const std::string &text);
    [[nodiscard]] Result<chain::Receipt> approve(std::uint64_t request, sharing::GrantKind kind);
    [[nodiscard]] Status draftFor(Cast::Role role, const std::vector<std::string> &documents,
                                  const std::string &draft);
    [[nodiscard]] Result<std::unique_ptr<sharing::Publisher>> publisher(Cast::Role role,
                                                                        const std::string &draft);

    Cast &m_cast;
    const Output &m_out;
    const Clock &m_clock;
    QString m_sample;
    ByteSearch m_planted{{}};
    std::string m_subject; // of the library: whose records are shared
    std::vector<std::string> m_documents;
    std::string m_draft;
    std::unique_ptr<sharing::Publisher> m_publisher;
    content::Cid m_sealed; // as computed before anything left
    std::uint64_t m_dataset = 0;
    std::uint64_t m_request = 0;
    nlohmann::json m_steps = nlohmann::json::array();
    nlohmann::json m_refusals = nlohmann::json::array();
};

/// InternalClaimFailed (claim) unless `holds`.
[[nodiscard]] Status claim(bool holds, const char *what);

} // namespace amana::cli
