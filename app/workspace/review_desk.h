// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/workspace/review_history.h"
#include "app/workspace/same_text.h"
#include "app/workspace/session.h"
#include "core/ports/review_port.h"

#include <functional>
#include <list>
#include <mutex>

namespace amana::app {

/// The review of drafts as a person does it: decisions with undo, each on disk before it is shown. Plans are
/// read from the vault for every decision, so that the command line may decide on the same draft; only
/// originals, counts and equal texts are kept in memory. Thread-safe; every call blocks. Errors as
/// ports::ReviewPort says.
class ReviewDesk {
public:
    explicit ReviewDesk(Session &session) : m_session(session) {}

    [[nodiscard]] Result<std::vector<ports::DraftRow>> drafts();
    [[nodiscard]] Result<std::vector<ports::ReviewDocumentRow>> documents(const std::string &draft);
    [[nodiscard]] Result<ports::ReviewDocument> document(const std::string &draft, const std::string &document);

    [[nodiscard]] Result<ports::ReviewChange> decide(const std::string &draft, const std::string &document,
                                                     const std::vector<std::string> &edits,
                                                     records::Decision decision);
    [[nodiscard]] Result<ports::ReviewChange> decideSameText(const std::string &draft, const std::string &document,
                                                             const std::string &edit, records::Decision decision);
    [[nodiscard]] Result<ports::ReviewChange> addSpan(const std::string &draft, const std::string &document,
                                                      const std::string &path, records::Span span,
                                                      const std::string &type);
    [[nodiscard]] Result<ports::ReviewChange> undo(const std::string &draft, const std::string &document);
    [[nodiscard]] Result<ports::ReviewChange> redo(const std::string &draft, const std::string &document);
    [[nodiscard]] Result<ports::ReviewChange> confirmSample(const std::string &draft, const std::string &document,
                                                            const QStringList &pieces);
    [[nodiscard]] Result<ports::DraftRow> finish(const std::string &draft);

    /// The review has ended: what could be undone is thrown away.
    [[nodiscard]] Status forgetUndo(store::Library &library, const std::string &draft);

private:
    /// One document under the hand of the reviewer.
    struct Opened {
        std::shared_ptr<const records::Document> document; // shared with the cache
        deid::Plan plan;
        ReviewHistory history;
    };
    using Action = std::function<Status(Opened &)>;

    [[nodiscard]] Status mustBeOpen(const std::string &draft);
    [[nodiscard]] Result<std::shared_ptr<const records::Document>> original(const std::string &document);
    [[nodiscard]] Result<Opened> open(const std::string &draft, const std::string &document);
    [[nodiscard]] Status knowTexts(const sharing::Draft &draft);
    [[nodiscard]] Result<sharing::ReviewCount> countOfDraft(const sharing::Draft &draft);
    [[nodiscard]] Result<ports::DraftRow> row(const sharing::Draft &draft);
    void fillSameText(const std::string &draft, const std::string &document,
                      std::vector<ports::ReviewField> &fields) const;

    [[nodiscard]] Result<ports::ReviewChange> apply(const std::string &draft, const std::string &document,
                                                    const Action &action);
    [[nodiscard]] Result<ports::ReviewChange> travel(const std::string &draft, const std::string &document, bool back);
    [[nodiscard]] Result<ports::ReviewChange> store(const std::string &draft, Opened &opened, const ReviewStep &step);

    Session &m_session;
    std::mutex m_mutex; // one decision at a time; guards all below
    std::list<std::shared_ptr<const records::Document>> m_originals; // the latest few, newest first
    std::map<std::string, SameText> m_texts;                          // by draft
    std::map<std::string, std::map<std::string, sharing::ReviewCount>> m_counts; // by draft and document
};

} // namespace amana::app
