// SPDX-License-Identifier: GPL-3.0-or-later
// One use of the keychain in a process of its own, because a process keeps to the message bus it met first:
//   keychain-helper write NAME HEX | read NAME | reads NAME | remove NAME | create HOME | open HOME
// "reads" reads once for each line of its input.
// Prints "ok", what was read in hexadecimal, an account, or the id of the error.
#include "core/crypto/secp256k1.h"
#include "core/keys/profile.h"

#include <QCoreApplication>
#include <QStringList>

#include <cstdio>

using namespace amana;
using namespace amana::keys;

namespace {

Result<std::string> run(const QStringList &arguments)
{
    KeychainStore store;
    const QString command = arguments.at(1);
    const std::string name = arguments.at(2).toStdString();
    if (command == "write") {
        AMANA_TRY(const QByteArray secret, fromHex(arguments.at(3).toStdString()));
        AMANA_CHECK(store.write(name, bytesOf(secret)));
        return std::string("ok");
    }
    if (command == "read") {
        AMANA_TRY(const SecretBytes secret, store.read(name));
        return toHex(secret.view());
    }
    if (command == "remove") {
        AMANA_CHECK(store.remove(name));
        return std::string("ok");
    }
    AMANA_TRY(const OpenProfile profile,
              command == "create" ? createProfile(arguments.at(2), {"p", ProfileRole::Clinician, {}}, store)
                                  : openProfile(arguments.at(2), "p", store));
    return crypto::checksumAddress(profile.info.address);
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    if (argc < 3)
        return 2;
    QStringList arguments = QCoreApplication::arguments();
    const auto print = [&arguments] {
        const auto result = run(arguments);
        std::printf("%s\n", result ? result->c_str() : std::string(errorId(result.error().code)).c_str());
        std::fflush(stdout);
    };
    if (arguments.at(1) != "reads") {
        print();
        return 0;
    }
    arguments[1] = "read";
    while (std::getchar() == '\n')
        print();
    return 0;
}
