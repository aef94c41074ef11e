// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/workspace/hub.h"
#include "core/ports/review_port.h"

namespace amana::app {

/// ReviewDesk on a thread of its own, in the order of the keys that were pressed.
class ReviewAdapter final : public ports::ReviewPort {
public:
    explicit ReviewAdapter(Hub &hub) : m_hub(hub) {}

    ports::Future<std::vector<ports::DraftRow>> drafts() override;
    ports::Future<std::vector<ports::ReviewDocumentRow>> documents(const QString &draft) override;
    ports::Future<ports::ReviewDocument> document(const QString &draft, const QString &document) override;
    ports::Future<ports::ReviewChange> decide(const QString &draft, const QString &document,
                                              const QStringList &edits, records::Decision decision) override;
    ports::Future<ports::ReviewChange> decideSameText(const QString &draft, const QString &document,
                                                      const QString &edit, records::Decision decision) override;
    ports::Future<ports::ReviewChange> addSpan(const QString &draft, const QString &document, const std::string &path,
                                               records::Span span, const std::string &type) override;
    ports::Future<ports::ReviewChange> undo(const QString &draft, const QString &document) override;
    ports::Future<ports::ReviewChange> redo(const QString &draft, const QString &document) override;
    ports::Future<ports::ReviewChange> confirmSample(const QString &draft, const QString &document,
                                                     const QStringList &pieces) override;
    ports::Future<ports::DraftRow> finish(const QString &draft) override;

private:
    template <class Work>
    ports::Future<ports::ReviewChange> change(const QString &draft, Work work);

    Hub &m_hub;
};

} // namespace amana::app
