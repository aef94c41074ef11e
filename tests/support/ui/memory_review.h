// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ports/events.h"
#include "core/ports/review_port.h"

#include <vector>

namespace amana::test {

/// A review in memory with real rules: released text follows the decisions, undo and redo work by document.
struct MemoryReview final : ports::ReviewPort {
    explicit MemoryReview(ports::Events &e) : events(e) {}

    ports::Future<std::vector<ports::DraftRow>> drafts() override;
    ports::Future<std::vector<ports::ReviewDocumentRow>> documents(const QString &draft) override;
    ports::Future<ports::ReviewDocument> document(const QString &draft, const QString &document) override;
    ports::Future<ports::ReviewChange> decide(const QString &draft, const QString &document, const QStringList &edits,
                                              records::Decision decision) override;
    ports::Future<ports::ReviewChange> decideSameText(const QString &draft, const QString &document,
                                                      const QString &edit, records::Decision decision) override;
    ports::Future<ports::ReviewChange> addSpan(const QString &draft, const QString &document, const std::string &path,
                                               records::Span span, const std::string &type) override;
    ports::Future<ports::ReviewChange> undo(const QString &draft, const QString &document) override;
    ports::Future<ports::ReviewChange> redo(const QString &draft, const QString &document) override;
    ports::Future<ports::ReviewChange> confirmSample(const QString &draft, const QString &document,
                                                     const QStringList &pieces) override;
    ports::Future<ports::DraftRow> finish(const QString &draft) override;

    /// One field with edits; a document is a list of these.
    struct Field {
        records::Field field;
        std::vector<records::Edit> edits;
    };
    struct State {
        std::vector<Field> fields;
        std::vector<ports::SamplePiece> sample;
    };
    struct Document {
        QString id, name, subject;
        State state;
        std::vector<State> past, future;
    };
    struct Draft {
        ports::DraftRow row;
        std::vector<Document> documents;
    };

    Draft &add(const QString &id, const QString &title);
    static Field note(const std::string &path, const std::string &text);
    /// Marks the first occurrence of `what` (UTF-8) in the field.
    static void mark(Field &field, const std::string &what, const std::string &replacement, const std::string &type,
                     double confidence, records::Decision decision, const std::string &reason = "model");

    [[nodiscard]] Document &find(const QString &draft, const QString &document);
    [[nodiscard]] ports::ReviewDocument view(const Document &document) const;
    [[nodiscard]] ports::ReviewCounts counts(const Document &document) const;
    [[nodiscard]] ports::ReviewCounts counts(const Draft &draft) const;
    ports::Future<ports::ReviewChange> changed(const QString &draft, Document &document, int decided, int others);

    ports::Events &events;
    std::vector<Draft> all;
    int nextId = 1;
    bool refuseNext = false;
};

} // namespace amana::test
