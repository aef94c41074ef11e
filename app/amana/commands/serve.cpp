// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/amana/commands/commands.h"
#include "app/amana/interrupt.h"
#include "app/amana/shown.h"
#include "app/workspace/gateway_host.h"
#include "app/workspace/session.h"
#include "core/base/files.h"

#include <QUrl>

#include <nlohmann/json.hpp>

#include <thread>

namespace amana::cli {

namespace {

using nlohmann::json;

constexpr qint64 kMaxPem = 1 << 20;

void declare(Arguments &arguments)
{
    arguments.option({QStringLiteral("listen")}, QStringLiteral("ADDRESS"),
                     QStringLiteral("a numeric address of this computer (default 127.0.0.1: nobody else); any other one needs"
                                    " --certificate"));
    arguments.option({QStringLiteral("port")}, QStringLiteral("N"), QStringLiteral("default: any that is free"));
    arguments.option({QStringLiteral("certificate")}, QStringLiteral("FILE"),
                     QStringLiteral("for TLS (PEM, with its chain), with --key-file"));
    arguments.option({QStringLiteral("key-file")}, QStringLiteral("FILE"),
                     QStringLiteral("a file with mode 0600 that holds the certificate's key (PEM)"));
    arguments.option({QStringLiteral("host")}, QStringLiteral("NAME:PORT"),
                     QStringLiteral("as clients write it, where that is not ADDRESS:N: behind a proxy, or by name"));
}

bool isEverywhere(const std::string &address)
{
    return address == "0.0.0.0" || address == "::";
}

/// "name:port", nothing else.
bool isHost(const QString &text)
{
    const QUrl url(QStringLiteral("https://") + text, QUrl::StrictMode);
    return url.isValid() && url.userInfo().isEmpty() && !url.host().isEmpty() && url.port() > 0 && url.authority() == text && url.path().isEmpty();
}

Result<net::ServerOptions> optionsOf(const Arguments &arguments)
{
    net::ServerOptions options;
    if (arguments.has(QStringLiteral("listen")))
        options.address = arguments.text(QStringLiteral("listen"));
    AMANA_TRY(const std::uint64_t port, arguments.number(QStringLiteral("port"), 0));
    if (port > 65'535)
        return arguments.misuse("badValue", QStringLiteral("--port"));
    options.port = static_cast<std::uint16_t>(port);
    const bool certificate = arguments.has(QStringLiteral("certificate"));
    if (certificate != arguments.has(QStringLiteral("key-file")))
        return arguments.misuse("missingOption", certificate ? QStringLiteral("--key-file") : QStringLiteral("--certificate"));
    if (certificate) {
        AMANA_TRY(options.certificate, readFile(arguments.value(QStringLiteral("certificate")), kMaxPem));
        AMANA_TRY(options.key, keys::readPassphraseFile(arguments.value(QStringLiteral("key-file"))));
    }
    return options;
}

void show(const Output &out, const app::GatewayHost &gateway, const std::vector<app::ServedDataset> &datasets)
{
    json rows = json::array();
    std::vector<QStringList> table;
    for (const app::ServedDataset &dataset : datasets) {
        rows.push_back({{"dataset", dataset.id}, {"cid", dataset.root.text()}});
        table.push_back({QString::number(dataset.id), toQ(dataset.root.text())});
    }
    const std::string key = crypto::checksumAddress(gateway.key());
    out.json({{"url", gateway.url()}, {"key", key}, {"datasets", rows}});
    out.line(QStringLiteral("Address: %1\nKey:     %2").arg(toQ(gateway.url()), toQ(key)));
    out.line(QStringLiteral("Clients need both. Only who proves a grant that the contract confirms is given blocks.\n"));
    out.table({QStringLiteral("Dataset"), QStringLiteral("CID")}, table,
              QStringLiteral("There is no published dataset in this computer's store yet; what comes is served at once."));
    out.finish(); // now: whoever started it waits for the address
}

Status serve(Context &context, const QStringList &list)
{
    Arguments arguments(QStringLiteral("serve"), {},
                        QStringLiteral("Gives the datasets of this computer's store to those whose grant is valid on the chain,"
                                       " until Ctrl+C. Each refusal and each download is in “amana audit”."));
    declare(arguments);
    AMANA_CHECK(arguments.parse(context, list, 0, 0));
    AMANA_TRY(net::ServerOptions options, optionsOf(arguments));
    if (isEverywhere(options.address))
        AMANA_CHECK(arguments.required(QStringLiteral("host")));
    if (arguments.has(QStringLiteral("host")) && !isHost(arguments.value(QStringLiteral("host"))))
        return arguments.misuse("badValue", QStringLiteral("--host"));
    AMANA_TRY(const auto session, context.session());
    AMANA_TRY(sharing::Actor *const actor, context.connect(*session));
    AMANA_TRY(const auto gateway,
              app::GatewayHost::start(*actor, std::move(options), arguments.text(QStringLiteral("host"))));
    AMANA_TRY(const std::vector<app::ServedDataset> datasets, app::servedDatasets(*actor));
    show(context.out, *gateway, datasets);
    bool told = false;
    while (!interrupted()) {
        std::this_thread::sleep_for(std::chrono::milliseconds(100));
        const Status written = gateway->tick();
        if (!written && !told)
            context.out.note(errorLine(written.error()));
        told = !written;
    }
    context.out.note(QStringLiteral("Ending…"));
    return {};
}

} // namespace

std::vector<Command> serveCommands()
{
    return {{QStringLiteral("serve"), QStringLiteral("run the guarded gateway"), serve}};
}

} // namespace amana::cli
