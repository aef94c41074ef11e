// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/amana/commands/storage.h"

#include "app/amana/commands/access_options.h"
#include "app/amana/shown.h"
#include "app/workspace/network_secrets.h"
#include "app/workspace/session.h"
#include "core/base/files.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace amana::cli {

namespace {

using replication::Place;
using replication::PlaceKind;

constexpr PlaceKind kKinds[] = {PlaceKind::OwnNode,        PlaceKind::Kubo,    PlaceKind::Cluster,
                                PlaceKind::PinningService, PlaceKind::Gateway, PlaceKind::GuardedGateway};

void declare(Arguments &arguments)
{
    arguments.option({QStringLiteral("kind")}, QStringLiteral("KIND"),
                     QStringLiteral("node (a Kubo node that this program runs), kubo, cluster, pinning, gateway, or guarded"
                                    " (an Amana gateway)"));
    arguments.option({QStringLiteral("url")}, QStringLiteral("URL"), QStringLiteral("https, or http on this machine"));
    arguments.option({QStringLiteral("copies")}, QStringLiteral("N"),
                     QStringLiteral("cluster: how many peers keep one (default: as the cluster is set up)"));
    arguments.option({QStringLiteral("key")}, QStringLiteral("ADDRESS"),
                     QStringLiteral("guarded: the account that the gateway signs with, as it printed at its start"));
    arguments.option({QStringLiteral("swarm-key-file")}, QStringLiteral("FILE"),
                     QStringLiteral("node: the key of the private swarm (swarm.key of Kubo), mode 0600"));
    arguments.option({QStringLiteral("swarm-host")}, QStringLiteral("ADDRESS"),
                     QStringLiteral("node: address of this machine where other nodes reach it (default 0.0.0.0)"));
    arguments.option({QStringLiteral("swarm-port")}, QStringLiteral("N"), QStringLiteral("node: its port (default 4001)"));
    arguments.option({QStringLiteral("peer")}, QStringLiteral("MULTIADDRESS"),
                     QStringLiteral("node: a node to stay connected with (/dns4/…/tcp/4001/p2p/…); repeatable"));
    arguments.flag(QStringLiteral("open"), QStringLiteral("node: no private swarm: whoever reaches its port may fetch what is"
                                                          " encrypted there"));
    declareAccess(arguments, QStringLiteral("user of kubo, cluster or pinning (HTTP Basic), with --password-file"));
}

Result<PlaceKind> kindFrom(const Arguments &arguments)
{
    AMANA_TRY(const QString text, arguments.required(QStringLiteral("kind")));
    const auto kind = std::find_if(std::begin(kKinds), std::end(kKinds), [&text](PlaceKind known) {
        return replication::placeKindName(known) == text.toStdString();
    });
    if (kind == std::end(kKinds))
        return arguments.misuse("badValue", text);
    return *kind;
}

/// "/key/swarm/psk/1.0.0/", "/base16/", 64 digits: or the digits alone.
Result<SecretBytes> swarmKeyFrom(const Arguments &arguments)
{
    AMANA_TRY(const SecretBytes file, keys::readPassphraseFile(arguments.value(QStringLiteral("swarm-key-file"))));
    const std::string_view text = file.text();
    const std::size_t line = text.find_last_of("\r\n/");
    auto digits = digestFromHex(line == std::string_view::npos ? text : text.substr(line + 1));
    if (!digits)
        return arguments.misuse("badValue", QStringLiteral("--swarm-key-file"));
    SecretBytes key(*digits);
    secureWipe(digits->data(), digits->size());
    return key;
}

Status readNode(const Arguments &arguments, const std::string &scope, Place &place)
{
    const bool isPrivate = arguments.has(QStringLiteral("swarm-key-file"));
    if (isPrivate == arguments.has(QStringLiteral("open")))
        return arguments.misuse(isPrivate ? "conflict" : "missingOption", QStringLiteral("--swarm-key-file | --open"));
    if (isPrivate)
        place.swarmKey = app::swarmKeyName(scope);
    if (arguments.has(QStringLiteral("swarm-host")))
        place.swarmHost = arguments.text(QStringLiteral("swarm-host"));
    AMANA_TRY(const std::uint64_t port, arguments.number(QStringLiteral("swarm-port"), place.swarmPort));
    if (port > 65535)
        return arguments.misuse("badValue", QStringLiteral("--swarm-port"));
    place.swarmPort = static_cast<std::uint16_t>(port);
    place.peers = arguments.texts(QStringLiteral("peer"));
    return {};
}

Result<Place> placeFrom(const Arguments &arguments, const std::string &network)
{
    Place place;
    place.name = arguments.positional(0).toStdString();
    if (!replication::isPlaceName(place.name))
        return arguments.misuse("badValue", arguments.positional(0));
    AMANA_TRY(place.kind, kindFrom(arguments));
    const std::string scope = app::storageScope(network, place.name);
    if (place.kind == PlaceKind::OwnNode) {
        AMANA_CHECK(readNode(arguments, scope, place));
        return place;
    }
    AMANA_CHECK(arguments.required(QStringLiteral("url")));
    place.url = arguments.text(QStringLiteral("url"));
    AMANA_TRY(place.access, accessFrom(arguments, scope, net::Access::Login::Basic));
    AMANA_TRY(const std::uint64_t copies, arguments.number(QStringLiteral("copies"), 0));
    place.copies = static_cast<int>(std::min<std::uint64_t>(copies, 1000));
    if (place.kind == PlaceKind::GuardedGateway) {
        AMANA_TRY(const QString key, arguments.required(QStringLiteral("key")));
        AMANA_TRY(place.key, crypto::parseAddress(key.toStdString()));
    }
    return place;
}

/// It answers, and knows us. A guarded gateway speaks only about a request.
Status tryOut(const Place &place, const replication::PlaceContext &context)
{
    if (place.kind == PlaceKind::GuardedGateway)
        return {};
    return replication::clientOf(place, context)->finds(content::Cid::of(content::Codec::Raw, {})).transform([](bool) {});
}

std::vector<Place>::iterator findPlace(std::vector<Place> &places, const std::string &name)
{
    return std::find_if(places.begin(), places.end(), [&name](const Place &place) { return place.name == name; });
}

} // namespace

Status addPlace(Context &context, const QStringList &list)
{
    Arguments arguments(QStringLiteral("storage add"), QStringLiteral("NAME"),
                        QStringLiteral("Names somebody who keeps copies of what is published on the chosen network (node, kubo,"
                                       " cluster, pinning) or gives blocks (gateway, guarded). It is tried before it is kept."));
    declare(arguments);
    AMANA_CHECK(arguments.parse(context, list, 1, 1));
    AMANA_TRY(const Place place, placeFrom(arguments, context.network));
    const QString folder = app::networkFolder(context.home, context.network);
    AMANA_TRY(std::vector<Place> places, replication::loadPlaces(folder));
    if (findPlace(places, place.name) != places.end())
        return fail(ErrorCode::StorageExists, {{"storage", place.name}});
    AMANA_TRY(const auto session, context.session());
    AMANA_CHECK(keepAccessSecrets(arguments, place.access, session->library()));
    if (!place.swarmKey.empty()) {
        AMANA_TRY(const SecretBytes key, swarmKeyFrom(arguments));
        AMANA_CHECK(app::putNetworkSecret(session->library(), place.swarmKey, key));
    }
    AMANA_CHECK(tryOut(place, {folder, app::storageSecrets(session->library())}));
    places.push_back(place);
    AMANA_CHECK(replication::savePlaces(folder, places));
    context.out.json(placeToJson(place));
    context.out.line(QStringLiteral("%1 added to “%2”. What is published from now on goes there too; for what was published"
                                    " before: amana storage keep.")
                         .arg(toQ(place.name), toQ(context.network)));
    return {};
}

Status removePlace(Context &context, const QStringList &list)
{
    Arguments arguments(QStringLiteral("storage remove"), QStringLiteral("NAME"),
                        QStringLiteral("Forgets a storage. The copies that it keeps stay there; a node of our own is ended."));
    AMANA_CHECK(arguments.parse(context, list, 1, 1));
    const std::string name = arguments.positional(0).toStdString();
    const QString folder = app::networkFolder(context.home, context.network);
    AMANA_TRY(std::vector<Place> places, replication::loadPlaces(folder));
    const auto place = findPlace(places, name);
    if (place == places.end())
        return fail(ErrorCode::StorageUnknown, {{"storage", name}});
    if (place->kind == PlaceKind::OwnNode)
        AMANA_CHECK(content::KuboChild(replication::ownNodeFolder(*place, {folder, {}})).stop());
    places.erase(place);
    AMANA_CHECK(replication::savePlaces(folder, places));
    context.out.json({{"removed", name}});
    context.out.line(QStringLiteral("%1 removed. What it keeps is still there.").arg(toQ(name)));
    return {};
}

} // namespace amana::cli
