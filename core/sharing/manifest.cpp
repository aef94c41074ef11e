// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sharing/manifest.h"

#include "core/crypto/hash.h"

#include <nlohmann/json.hpp>

namespace amana::sharing {

namespace {

using nlohmann::json;
using nlohmann::ordered_json;

constexpr std::size_t kMaxParts = 1'000'000;

const char *mediaType(const std::string &format)
{
    if (format == "fhir.ndjson")
        return "application/fhir+ndjson";
    if (format.starts_with("fhir."))
        return "application/fhir+json";
    if (format.starts_with("csv."))
        return "text/csv";
    return format.starts_with("text.") ? "text/plain" : "application/octet-stream";
}

/// The context that Croissant 1.1, section "JSON-LD context" asks for, as far as its terms are used here.
ordered_json context()
{
    return {{"@language", "en"},
            {"@vocab", "https://schema.org/"},
            {"sc", "https://schema.org/"},
            {"cr", "http://mlcommons.org/croissant/"},
            {"dct", "http://purl.org/dc/terms/"},
            {"conformsTo", "dct:conformsTo"},
            {"duo", "http://purl.obolibrary.org/obo/"},
            {"amana", "urn:amana:"}};
}

ordered_json fileObject(const ManifestPart &part, const ManifestFile &file)
{
    return {{"@type", "cr:FileObject"},
            {"@id", part.path + "#" + file.entry},
            {"name", file.name},
            {"containedIn", {{"@id", part.path}}},
            {"encodingFormat", mediaType(file.format)},
            {"contentSize", std::to_string(file.bytes) + " B"},
            {"sha256", file.sha256},
            {"amana:format", file.format},
            {"amana:entry", file.entry},
            {"amana:subject", file.subject}};
}

ManifestFile fileFrom(const json &object)
{
    ManifestFile file;
    file.entry = object.at("amana:entry").get<std::string>();
    file.name = object.at("name").get<std::string>();
    file.format = object.at("amana:format").get<std::string>();
    file.subject = object.at("amana:subject").get<std::string>();
    file.sha256 = object.at("sha256").get<std::string>();
    file.bytes = std::stoull(object.at("contentSize").get<std::string>());
    return file;
}

ManifestPart *partOf(std::vector<ManifestPart> &parts, const std::string &path)
{
    for (auto it = parts.rbegin(); it != parts.rend(); ++it) // files follow their part
        if (it->path == path)
            return &*it;
    return nullptr;
}

} // namespace

std::string makeManifest(const PackageDescription &description, const std::vector<ManifestPart> &parts)
{
    ordered_json root{{"@context", context()},
                      {"@type", "sc:Dataset"},
                      {"conformsTo", "http://mlcommons.org/croissant/1.1"},
                      {"name", description.title},
                      {"keywords", description.keywords},
                      {"datePublished", description.publishedOn},
                      {"amana:policy", description.policy},
                      {"amana:dataUse", description.purposes}};
    root["distribution"] = ordered_json::array();
    for (const ManifestPart &part : parts) {
        root["distribution"].push_back({{"@type", "cr:FileObject"},
                                        {"@id", part.path},
                                        {"name", part.path},
                                        {"contentUrl", part.path},
                                        {"encodingFormat", "application/age"},
                                        {"amana:subject", part.subject}});
        for (const ManifestFile &file : part.files)
            root["distribution"].push_back(fileObject(part, file));
    }
    return root.dump(1);
}

Result<std::vector<ManifestPart>> readManifest(std::string_view text)
{
    const auto invalid = [] { return fail(ErrorCode::SharingPackageInvalid, {{"reason", "manifest"}}); };
    std::vector<ManifestPart> parts;
    try {
        const json root = json::parse(text);
        for (const json &object : root.at("distribution")) {
            if (!object.contains("containedIn")) {
                if (parts.size() >= kMaxParts)
                    return invalid();
                parts.push_back({object.at("@id").get<std::string>(), object.at("amana:subject").get<std::string>(), {}});
                continue;
            }
            ManifestPart *part = partOf(parts, object.at("containedIn").at("@id").get<std::string>());
            if (part == nullptr)
                return invalid();
            part->files.push_back(fileFrom(object));
        }
    } catch (const std::exception &) { // of json and stoull; the text may quote content
        return invalid();
    }
    return parts;
}

Digest SaltedReport::hash() const
{
    crypto::Sha256 hash;
    hash.add(salt);
    hash.add(bytesOf(report));
    return hash.digest();
}

std::string saltedReportToJson(const SaltedReport &report)
{
    return json{{"salt", toHex(report.salt)}, {"report", report.report}}.dump();
}

Result<SaltedReport> saltedReportFromJson(std::string_view text)
{
    const json object = json::parse(text, nullptr, false);
    if (!object.is_object() || !object.contains("salt") || !object["salt"].is_string() || !object.contains("report")
        || !object["report"].is_string())
        return fail(ErrorCode::DeidReportInvalid, {{"place", "report"}});
    SaltedReport report;
    AMANA_TRY(report.salt, digestFromHex(object["salt"].get_ref<const std::string &>()));
    report.report = object["report"].get<std::string>();
    return report;
}

} // namespace amana::sharing
