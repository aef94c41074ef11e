// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/replication/place.h"

#include "core/base/files.h"
#include "core/crypto/secp256k1.h"
#include "core/net/access_json.h"

#include <nlohmann/json.hpp>

#include <QFileInfo>

#include <algorithm>

namespace amana::replication {

using nlohmann::json;

namespace {

constexpr std::pair<PlaceKind, std::string_view> kKinds[] = {
    {PlaceKind::OwnNode, "node"},           {PlaceKind::Kubo, "kubo"},       {PlaceKind::Cluster, "cluster"},
    {PlaceKind::PinningService, "pinning"}, {PlaceKind::Gateway, "gateway"}, {PlaceKind::GuardedGateway, "guarded"}};

QString fileIn(const QString &folder)
{
    return folder + QStringLiteral("/storage.json");
}

json toJson(const Place &place)
{
    json object{{"name", place.name}, {"kind", placeKindName(place.kind)}};
    if (!place.url.empty())
        object["url"] = place.url;
    if (place.access != net::Access())
        object["access"] = net::toJson(place.access);
    if (place.kind == PlaceKind::Cluster)
        object["copies"] = place.copies;
    if (place.kind == PlaceKind::GuardedGateway)
        object["key"] = crypto::checksumAddress(place.key);
    if (place.kind == PlaceKind::OwnNode)
        object.update({{"swarmKey", place.swarmKey},
                       {"swarmHost", place.swarmHost},
                       {"swarmPort", place.swarmPort},
                       {"peers", place.peers}});
    return object;
}

/// Throws what nlohmann throws where a member is missing or of another type.
Result<Place> placeFrom(const json &object)
{
    Place place;
    place.name = object.at("name").get<std::string>();
    const auto text = object.at("kind").get<std::string>();
    const auto kind = std::find_if(std::begin(kKinds), std::end(kKinds), [&](const auto &known) { return known.second == text; });
    if (kind == std::end(kKinds) || !isPlaceName(place.name))
        return fail(ErrorCode::StoreCorrupt);
    place.kind = kind->first;
    place.url = object.value("url", "");
    if (object.contains("access")) {
        AMANA_TRY(place.access, net::accessFromJson(object["access"]));
    }
    place.copies = object.value("copies", 0);
    if (place.kind == PlaceKind::GuardedGateway) {
        AMANA_TRY(place.key, crypto::parseAddress(object.at("key").get<std::string>()));
    }
    if (place.kind == PlaceKind::OwnNode) {
        place.swarmKey = object.at("swarmKey").get<std::string>();
        place.swarmHost = object.at("swarmHost").get<std::string>();
        place.swarmPort = object.at("swarmPort").get<std::uint16_t>();
        place.peers = object.at("peers").get<std::vector<std::string>>();
    }
    return place;
}

} // namespace

std::string_view placeKindName(PlaceKind kind)
{
    return std::find_if(std::begin(kKinds), std::end(kKinds), [kind](const auto &known) { return known.first == kind; })->second;
}

bool keepsCopies(PlaceKind kind)
{
    return kind != PlaceKind::Gateway && kind != PlaceKind::GuardedGateway;
}

bool isPlaceName(const std::string &name)
{
    constexpr std::string_view kAllowed = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_";
    return !name.empty() && name.size() <= 64 && name.find_first_not_of(kAllowed) == std::string::npos;
}

Result<std::vector<Place>> loadPlaces(const QString &folder)
{
    if (!QFileInfo::exists(fileIn(folder)))
        return std::vector<Place>();
    AMANA_TRY(const QByteArray bytes, readFile(fileIn(folder), 1 << 20));
    const auto corrupt = [&folder] { return fail(ErrorCode::StoreCorrupt, {{"path", fileIn(folder).toStdString()}}); };
    try {
        const json stored = json::parse(bytes.begin(), bytes.end());
        std::vector<Place> places;
        for (const json &object : stored.at("places")) {
            auto place = placeFrom(object);
            if (!place)
                return corrupt();
            places.push_back(std::move(*place));
        }
        return places;
    } catch (const json::exception &) {
        return corrupt();
    }
}

Status savePlaces(const QString &folder, const std::vector<Place> &places)
{
    json list = json::array();
    for (const Place &place : places)
        list.push_back(toJson(place));
    AMANA_CHECK(makeFolder(folder));
    return writeFileAtomic(fileIn(folder), QByteArray::fromStdString(json{{"format", 1}, {"places", list}}.dump(2) + "\n"));
}

} // namespace amana::replication
