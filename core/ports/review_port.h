// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ports/common.h"
#include "core/records/document.h"

#include <QDateTime>
#include <QStringList>

#include <string>
#include <vector>

namespace amana::ports {

enum class DraftState { Open, Finished, Published };

/// How far a review is. `sample*` counts random pieces of unmarked text that a person must look at.
struct ReviewCounts {
    int edits = 0;
    int undecided = 0;
    int sample = 0;
    int sampleLeft = 0;

    bool operator==(const ReviewCounts &) const = default;
};

struct DraftRow {
    QString id;
    QString title;
    QString policy;
    QDateTime created;
    DraftState state = DraftState::Open;
    int documents = 0;
    ReviewCounts counts;
};

struct ReviewDocumentRow {
    QString id;
    QString name;    ///< source file name: patient text
    QString format;
    QString subject;
    ReviewCounts counts;
};

/// An edit and where its replacement stands in the released text of its field (empty span when removed).
struct ReviewSpan {
    records::Edit edit;
    records::Span inReleased;
    int sameText = 1; ///< edits with the same original text in the draft, itself included
};

/// Unmarked text to be confirmed as free of identifiers.
struct SamplePiece {
    QString id;
    std::string path;
    records::Span span; ///< in the original text
    bool confirmed = false;
};

/// `released` is the text as it would leave: accepted, added and undecided edits applied, rejected ones not.
struct ReviewField {
    std::string path;
    std::string element;
    records::FieldKind kind = records::FieldKind::Unknown;
    std::string original;
    std::string released;
    bool removed = false; ///< the whole field is dropped
    std::vector<ReviewSpan> spans; ///< by position
};

struct ReviewDocument {
    ReviewDocumentRow row;
    std::vector<ReviewField> fields;
    std::vector<SamplePiece> sample;
    bool canUndo = false;
    bool canRedo = false;
};

/// What a decision changed: whole fields of the shown document, to be put in place of the old ones by path.
struct ReviewChange {
    std::vector<ReviewField> fields;
    std::vector<SamplePiece> sample; ///< all of the document
    ReviewCounts document;
    ReviewCounts draft;
    int decided = 0;        ///< edits that got another decision, in all documents
    int otherDocuments = 0; ///< how many other documents were touched
    bool canUndo = false;
    bool canRedo = false;
};

/// Proposed edits, seen and decided by a person. All calls fail with store.notFound or review.*; a finished draft
/// refuses decisions (review.badDecision).
class ReviewPort {
public:
    virtual ~ReviewPort() = default;

    virtual Future<std::vector<DraftRow>> drafts() = 0;
    virtual Future<std::vector<ReviewDocumentRow>> documents(const QString &draft) = 0; ///< worst first
    virtual Future<ReviewDocument> document(const QString &draft, const QString &document) = 0;
    /// `decision` is Accepted or Rejected (rejecting an Added edit takes it away).
    virtual Future<ReviewChange> decide(const QString &draft, const QString &document, const QStringList &edits,
                                        records::Decision decision) = 0;
    /// The edit and all others of the draft with the same original text; one undo step in each touched document.
    virtual Future<ReviewChange> decideSameText(const QString &draft, const QString &document,
                                                const QString &edit, records::Decision decision) = 0;
    /// Marks text by hand. `type` as records::Edit::type.
    virtual Future<ReviewChange> addSpan(const QString &draft, const QString &document, const std::string &path,
                                         records::Span span, const std::string &type) = 0;
    virtual Future<ReviewChange> undo(const QString &draft, const QString &document) = 0;
    virtual Future<ReviewChange> redo(const QString &draft, const QString &document) = 0;
    /// The person has looked at these pieces and found nothing to mark.
    virtual Future<ReviewChange> confirmSample(const QString &draft, const QString &document,
                                               const QStringList &pieces) = 0;
    /// Ends the review; from here on there is no undo. review.undecided while anything waits.
    virtual Future<DraftRow> finish(const QString &draft) = 0;
};

} // namespace amana::ports
