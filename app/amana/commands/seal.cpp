// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/amana/commands/commands.h"
#include "app/amana/output_option.h"
#include "app/amana/shown.h"
#include "core/base/files.h"
#include "core/content/block_store.h"
#include "core/content/file_device.h"
#include "core/content/file_writer.h"
#include "core/crypto/age.h"
#include "core/keys/profile.h"
#include "core/sharing/own_keys.h"

#include <nlohmann/json.hpp>

#include <iterator>

namespace amana::cli {

namespace {

const QString kStore = QStringLiteral("store");

void declareStore(Arguments &arguments, const QString &what)
{
    arguments.option({kStore}, QStringLiteral("DIR"), what);
}

Result<std::vector<crypto::AgeRecipient>> recipientsOf(const Arguments &arguments)
{
    std::vector<crypto::AgeRecipient> recipients;
    for (const std::string &text : arguments.texts(QStringLiteral("r"))) {
        AMANA_TRY(const crypto::AgeRecipient recipient, crypto::AgeRecipient::fromText(text));
        recipients.push_back(recipient);
    }
    return recipients;
}

/// From the source to the blocks in one pass: no encrypted file is written in between.
Status sealIntoStore(Context &context, const Arguments &arguments, QIODevice &in,
                     std::span<const crypto::AgeRecipient> recipients)
{
    if (arguments.has(QStringLiteral("o")) || arguments.has(QStringLiteral("armor")))
        return arguments.misuse("conflict", QStringLiteral("--store"));
    const QString folder = arguments.value(kStore);
    AMANA_TRY(const auto store, content::BlockStore::open(folder));
    content::FileWriter blocks(*store);
    const auto put = [&blocks](ByteView sealed) { return blocks.write(sealed); };
    AMANA_CHECK(crypto::ageEncrypt(in, put, recipients, context.out.progress("seal")));
    AMANA_TRY(const content::DagNode node, blocks.finish());
    AMANA_CHECK(store->pin(node.cid, "sealed")); // flushes; and a collection leaves it alone
    context.out.json({{"cid", node.cid.text()},
                      {"store", folder.toStdString()},
                      {"fileSize", node.fileSize},
                      {"recipients", recipients.size()}});
    context.out.line(toQ(node.cid.text()));
    return {};
}

} // namespace

Status sealFile(Context &context, const QStringList &list)
{
    Arguments arguments(QStringLiteral("seal"), QStringLiteral("FILE"),
                        QStringLiteral("Encrypts to age recipients; - is standard input or output. With --store the age"
                                       " file goes straight into a block store, and its CID is printed."));
    declareOutput(arguments, QStringLiteral("the age file"));
    declareStore(arguments, QStringLiteral("the folder of a block store, in place of -o; made when it is absent"));
    arguments.option({QStringLiteral("r")}, QStringLiteral("AGE1…"),
                     QStringLiteral("who can open it (repeatable); post-quantum keys, age1pq1…, only together"));
    arguments.flag(QStringLiteral("armor"), QStringLiteral("as text, for mail and forms"));
    AMANA_CHECK(arguments.parse(context, list, 1, 1));
    AMANA_CHECK(arguments.required(QStringLiteral("r")));
    if (!arguments.has(kStore))
        AMANA_CHECK(arguments.required(QStringLiteral("o")));
    AMANA_TRY(const std::vector<crypto::AgeRecipient> recipients, recipientsOf(arguments));
    if (arguments.has(kStore)) {
        AMANA_TRY(const auto in, openInput(arguments.positional(0)));
        return sealIntoStore(context, arguments, *in, recipients);
    }
    AMANA_TRY(const OutputFile target, outputOf(context, arguments));
    const auto form = arguments.has(QStringLiteral("armor")) ? crypto::AgeForm::Armored : crypto::AgeForm::Binary;
    AMANA_TRY(const auto in, openInput(arguments.positional(0)));
    AMANA_CHECK(target.save([&](QIODevice &out) {
        return crypto::ageEncrypt(*in, out, recipients, context.out.progress("seal"), form);
    }));
    context.out.json({{"file", target.path.toStdString()}, {"recipients", recipients.size()}});
    if (!target.isStandard())
        context.out.line(
            QStringLiteral("%1 can be opened by %2 key(s).").arg(target.path).arg(recipients.size()));
    return {};
}

namespace {

/// From identity files, else those of the profile.
Result<std::vector<crypto::AgeIdentity>> identitiesFor(const Context &context, const QStringList &files)
{
    std::vector<crypto::AgeIdentity> identities;
    for (const QString &path : files) {
        AMANA_TRY(QByteArray text, readFile(path, 1 << 20));
        auto parsed = crypto::parseIdentityFile({text.constData(), static_cast<std::size_t>(text.size())});
        secureWipe(text.data(), static_cast<std::size_t>(text.size()));
        AMANA_TRY(std::vector<crypto::AgeIdentity> some, std::move(parsed));
        std::move(some.begin(), some.end(), std::back_inserter(identities));
    }
    if (!files.isEmpty())
        return identities;
    AMANA_TRY(const std::string name, context.profileName());
    AMANA_TRY(const keys::ProfileInfo known, keys::readProfile(context.home, name));
    AMANA_TRY(const auto store, context.secrets());
    AMANA_TRY(const keys::OpenProfile profile, keys::openProfile(context.home, known.name, *store));
    return sharing::ownIdentities(profile);
}

/// `source` is a CID in the store, or a path. Each block is verified, then decrypted; nothing lands in between.
Status openInto(const Context &context, const Arguments &arguments, QIODevice &out,
                std::span<const crypto::AgeIdentity> identities)
{
    const QString source = arguments.positional(0);
    if (!arguments.has(kStore)) {
        AMANA_TRY(const auto in, openInput(source));
        return crypto::ageDecrypt(*in, out, identities, context.out.progress("open"));
    }
    AMANA_TRY(const content::Cid cid, content::Cid::parse(source.toStdString()));
    AMANA_TRY(const auto store, content::BlockStore::open(arguments.value(kStore)));
    content::FileDevice in(*store, cid);
    const Status opened = crypto::ageDecrypt(in, out, identities, context.out.progress("open"));
    return !opened && in.failure() ? Status(fail(*in.failure())) : opened;
}

} // namespace

Status openFile(Context &context, const QStringList &list)
{
    Arguments arguments(
        QStringLiteral("open"), QStringLiteral("FILE.age|CID"),
        QStringLiteral("Decrypts an age file; - is standard input or output. With --store it is a CID, and each of its"
                       " blocks is verified. Without -i the keys of the profile are used."));
    declareOutput(arguments, QStringLiteral("the opened file (mode 0600)"));
    declareStore(arguments, QStringLiteral("the folder of the block store that has it"));
    arguments.option({QStringLiteral("i")}, QStringLiteral("KEYFILE"),
                     QStringLiteral("an age identity file (repeatable)"));
    AMANA_CHECK(arguments.parse(context, list, 1, 1));
    AMANA_TRY(const OutputFile target, outputOf(context, arguments, true));
    AMANA_TRY(const std::vector<crypto::AgeIdentity> identities,
              identitiesFor(context, arguments.values(QStringLiteral("i"))));
    AMANA_CHECK(target.save([&](QIODevice &out) { return openInto(context, arguments, out, identities); }));
    context.out.json({{"file", target.path.toStdString()}});
    if (!target.isStandard())
        context.out.line(QStringLiteral("Opened into %1.").arg(target.path));
    return {};
}

} // namespace amana::cli
