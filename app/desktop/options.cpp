// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/options.h"

#include <QCommandLineParser>

#include <utility>
#include <vector>

namespace amana::app {

namespace {

// The value of an option that is one of a few words, or UsageInvalid.
template <class T>
Result<std::optional<T>> choice(const QCommandLineParser &parser, const QString &option,
                                const std::vector<std::pair<QString, T>> &words)
{
    if (!parser.isSet(option))
        return std::optional<T>();
    for (const auto &[word, value] : words) {
        if (parser.value(option) == word)
            return std::optional<T>(value);
    }
    return fail(ErrorCode::UsageInvalid,
                {{"option", "--" + option.toStdString()}, {"value", parser.value(option).toStdString()}});
}

} // namespace

Result<DesktopOptions> readOptions(const QStringList &arguments)
{
    const auto text = [](const char *word) { return QString::fromLatin1(word); };
    QCommandLineParser parser;
    parser.addHelpOption();
    parser.addVersionOption();
    const std::pair<const char *, const char *> valued[] = {
        {"home", "Folder of the data."}, {"profile", "Profile to open."}, {"network", "Network, \"local\" by default."},
        {"role", "clinician, patient, researcher or administrator: what the first page proposes."},
        {"lang", "en or ko."}, {"theme", "system, light or dark."}, {"zoom", "80 to 200."},
        {"capture", "Render every section to PNG in this folder and end."}};
    for (const auto &[name, help] : valued)
        parser.addOption(QCommandLineOption(text(name), text(help), text("value")));
    parser.addOption(QCommandLineOption(text("offline"), text("Do not connect to the network.")));
    parser.addOption(QCommandLineOption(text("exit-after-paint"), text("End after the first paint.")));
    parser.process(arguments);

    DesktopOptions options;
    options.home = parser.value(text("home"));
    options.profile = parser.value(text("profile"));
    if (parser.isSet(text("network")))
        options.network = parser.value(text("network"));
    options.offline = parser.isSet(text("offline"));
    options.captureFolder = parser.value(text("capture"));
    options.exitAfterPaint = parser.isSet(text("exit-after-paint"));
    using ports::ProfileRole;
    AMANA_TRY(options.role, choice<ProfileRole>(parser, text("role"),
                                                {{text("clinician"), ProfileRole::Clinician},
                                                 {text("patient"), ProfileRole::Patient},
                                                 {text("researcher"), ProfileRole::Researcher},
                                                 {text("administrator"), ProfileRole::Administrator}}));
    AMANA_TRY(options.language, choice<ui::Language>(parser, text("lang"),
                                                     {{text("en"), ui::Language::English},
                                                      {text("ko"), ui::Language::Korean}}));
    AMANA_TRY(options.scheme, choice<ui::Scheme>(parser, text("theme"),
                                                 {{text("system"), ui::Scheme::System},
                                                  {text("light"), ui::Scheme::Light},
                                                  {text("dark"), ui::Scheme::Dark}}));
    if (parser.isSet(text("zoom"))) {
        bool isNumber = false;
        const int zoom = parser.value(text("zoom")).toInt(&isNumber);
        if (!isNumber || zoom < ui::Theme::kMinZoom || zoom > ui::Theme::kMaxZoom)
            return fail(ErrorCode::UsageInvalid,
                        {{"option", "--zoom"}, {"value", parser.value(text("zoom")).toStdString()}});
        options.zoom = zoom;
    }
    return options;
}

} // namespace amana::app
