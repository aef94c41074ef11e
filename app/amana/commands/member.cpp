// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/amana/chain_words.h"
#include "app/amana/commands/commands.h"
#include "app/amana/shown.h"
#include "app/workspace/session.h"
#include "core/crypto/secp256k1.h"
#include "core/sharing/access.h"

#include <nlohmann/json.hpp>

#include <limits>
#include <set>

namespace amana::cli {

namespace {

using nlohmann::json;

Result<chain::Receipt> sendAs(sharing::Actor &actor, const chain::Call &call)
{
    return actor.outbox.send(actor.chain, actor.chainKey, call);
}

/// --until DATE, else for ever.
Result<std::uint64_t> untilOf(const Context &context, const Arguments &arguments)
{
    if (!arguments.has(QStringLiteral("until")))
        return chain::kForever;
    return sharing::endOfDay(arguments.text(QStringLiteral("until")), context.clock);
}

Result<std::uint32_t> institutionOption(const Arguments &arguments, std::uint32_t fallback)
{
    AMANA_TRY(const std::uint64_t id, arguments.number(QStringLiteral("institution"), fallback));
    if (id == 0 || id > std::numeric_limits<std::uint32_t>::max())
        return arguments.misuse("badNumber", arguments.value(QStringLiteral("institution")));
    return static_cast<std::uint32_t>(id);
}

/// `member add --institution 2 --institution-admin WHO`: by the governor.
Status addInstitution(Context &context, const Arguments &arguments, app::Session &session,
                      sharing::Actor &actor)
{
    AMANA_TRY(const std::uint32_t id, institutionOption(arguments, 0));
    AMANA_TRY(const Address admin, session.addressOf(arguments.text(QStringLiteral("institution-admin"))));
    AMANA_TRY(const chain::Receipt receipt,
              sendAs(actor, chain::IdentityRegistry(actor.chain).setInstitution(id, admin, true)));
    if (arguments.has(QStringLiteral("name"))) {
        AMANA_TRY(const auto contacts, app::Contacts::open(session.library(), context.home));
        AMANA_CHECK(contacts->nameInstitution(id, arguments.value(QStringLiteral("name"))));
    }
    context.out.json({{"institution", id}, {"admin", crypto::checksumAddress(admin)}});
    context.out.json(receiptToJson(receipt));
    context.out.line(QStringLiteral("Institution %1 is administered by %2.")
                         .arg(id)
                         .arg(toQ(crypto::checksumAddress(admin))));
    return {};
}

void declare(Arguments &arguments)
{
    arguments.option({QStringLiteral("roles")}, QStringLiteral("LIST"),
                     QStringLiteral("uploader,patient,researcher,admin,breakglass,auditor"));
    arguments.option({QStringLiteral("institution")}, QStringLiteral("N"),
                     QStringLiteral("number (default: your own)"));
    arguments.option({QStringLiteral("until")}, QStringLiteral("YYYY-MM-DD"),
                     QStringLiteral("last day (default: no end)"));
    arguments.option({QStringLiteral("name")}, QStringLiteral("NAME"),
                     QStringLiteral("what you call them; stays here"));
}

Status setMember(Context &context, const Arguments &arguments, app::Session &session, sharing::Actor &actor)
{
    const chain::IdentityRegistry registry(actor.chain);
    AMANA_TRY(const Address who, session.addressOf(arguments.positional(0).toStdString()));
    AMANA_TRY(const chain::Member own, registry.memberOf(actor.address()));
    AMANA_TRY(const chain::Member before, registry.memberOf(who));
    const std::uint32_t known = before.institution != 0 ? before.institution : own.institution;
    AMANA_TRY(const std::uint32_t institution, institutionOption(arguments, known == 0 ? 1 : known));
    AMANA_TRY(const QString text, arguments.required(QStringLiteral("roles")));
    AMANA_TRY(std::uint32_t roles, rolesFromText(arguments, text));
    AMANA_TRY(roles, registry.rolesInSeat(institution, who, roles));
    AMANA_TRY(const std::uint64_t until, untilOf(context, arguments));
    AMANA_TRY(const chain::Receipt receipt,
              sendAs(actor, registry.setMember(who, institution, roles, until)));
    AMANA_TRY(const auto contacts, app::Contacts::open(session.library(), context.home));
    if (arguments.has(QStringLiteral("name")))
        AMANA_CHECK(contacts->namePerson(who, arguments.value(QStringLiteral("name"))));
    context.out.json({{"member", partyToJson(*contacts, who)},
                      {"institution", institution},
                      {"roles", roleNames(roles)},
                      {"validUntil", timeOf(until)}});
    context.out.json(receiptToJson(receipt));
    context.out.line(QStringLiteral("%1 is a member of institution %2 as %3.")
                         .arg(partyText(*contacts, who))
                         .arg(institution)
                         .arg(listOf(roleNames(roles))));
    return {};
}

Status addMember(Context &context, const QStringList &list)
{
    Arguments arguments(
        QStringLiteral("member add"), QStringLiteral("NAME|ADDRESS"),
        QStringLiteral("Enrols a member (administrator), or an institution with its administrator (governor:"
                       " --institution N --institution-admin NAME|ADDRESS)."));
    declare(arguments);
    arguments.option({QStringLiteral("institution-admin")}, QStringLiteral("NAME|ADDRESS"),
                     QStringLiteral("makes or changes institution N"));
    AMANA_CHECK(arguments.parse(context, list, 0, 1));
    const bool institution = arguments.has(QStringLiteral("institution-admin"));
    if (institution == !arguments.positionals().isEmpty())
        return arguments.misuse(institution ? "conflict" : "tooFew", QStringLiteral("NAME|ADDRESS"));
    if (institution)
        AMANA_CHECK(arguments.required(QStringLiteral("institution")));
    else
        AMANA_CHECK(arguments.required(QStringLiteral("roles")));
    AMANA_TRY(const auto session, context.session());
    AMANA_TRY(sharing::Actor *const actor, context.connect(*session));
    return institution ? addInstitution(context, arguments, *session, *actor)
                       : setMember(context, arguments, *session, *actor);
}

Status changeRoles(Context &context, const QStringList &list)
{
    Arguments arguments(
        QStringLiteral("member roles"), QStringLiteral("NAME|ADDRESS"),
        QStringLiteral("Shows a member's roles, or replaces them with --roles. --suspend and --resume stop"
                       " and restore a member."));
    declare(arguments);
    arguments.flag(QStringLiteral("suspend"), QStringLiteral("no role counts until --resume"));
    arguments.flag(QStringLiteral("resume"), QStringLiteral("the roles count again"));
    AMANA_CHECK(arguments.parse(context, list, 1, 1));
    const bool suspend = arguments.has(QStringLiteral("suspend"));
    if (suspend && arguments.has(QStringLiteral("resume")))
        return arguments.misuse("conflict", QStringLiteral("--suspend --resume"));
    AMANA_TRY(const auto session, context.session());
    AMANA_TRY(sharing::Actor *const actor, context.connect(*session));
    if (arguments.has(QStringLiteral("roles")))
        return setMember(context, arguments, *session, *actor);
    const chain::IdentityRegistry registry(actor->chain);
    AMANA_TRY(const Address who, session->addressOf(arguments.positional(0).toStdString()));
    if (suspend || arguments.has(QStringLiteral("resume"))) {
        AMANA_TRY(const chain::Receipt receipt, sendAs(*actor, registry.suspend(who, suspend)));
        context.out.json(receiptToJson(receipt));
    }
    AMANA_TRY(const chain::Member member, registry.memberOf(who));
    AMANA_TRY(const auto contacts, app::Contacts::open(session->library(), context.home));
    context.out.json({{"member", partyToJson(*contacts, who)},
                      {"institution", member.institution},
                      {"roles", roleNames(member.roles)},
                      {"validUntil", timeOf(member.validUntil)},
                      {"suspended", member.suspended},
                      {"keyVersion", member.keyVersion},
                      {"keyRevoked", member.keyRevoked}});
    context.out.line(QStringLiteral("%1: institution %2, %3%4")
                         .arg(partyText(*contacts, who))
                         .arg(member.institution)
                         .arg(listOf(roleNames(member.roles)))
                         .arg(member.suspended ? QStringLiteral(", suspended") : QString()));
    return {};
}

Status revokeKey(Context &context, const QStringList &list)
{
    Arguments arguments(
        QStringLiteral("member revoke-key"), QStringLiteral("NAME|ADDRESS"),
        QStringLiteral("Marks an encryption key as lost or stolen: nothing more is encrypted for it. By its owner or an"
                       " administrator. The owner makes another with `amana identity rotate`."));
    arguments.option({QStringLiteral("version")}, QStringLiteral("N"), QStringLiteral("default: the newest"));
    AMANA_CHECK(arguments.parse(context, list, 1, 1));
    AMANA_TRY(const auto session, context.session());
    AMANA_TRY(const Address who, session->addressOf(arguments.positional(0).toStdString()));
    AMANA_TRY(sharing::Actor *const actor, context.connect(*session));
    const chain::IdentityRegistry registry(actor->chain);
    AMANA_TRY(const chain::Member member, registry.memberOf(who));
    AMANA_TRY(const std::uint64_t version, arguments.number(QStringLiteral("version"), member.keyVersion));
    if (version > std::numeric_limits<std::uint16_t>::max())
        return arguments.misuse("badNumber", arguments.value(QStringLiteral("version")));
    AMANA_TRY(const chain::Receipt receipt,
              sendAs(*actor, registry.revokeKey(who, static_cast<std::uint16_t>(version))));
    AMANA_TRY(const auto contacts, app::Contacts::open(session->library(), context.home));
    context.out.json({{"member", partyToJson(*contacts, who)}, {"revokedKey", version}});
    context.out.json(receiptToJson(receipt));
    context.out.line(QStringLiteral("Key %1 of %2 is revoked. What was encrypted for it before can still be opened with it.")
                         .arg(version)
                         .arg(partyText(*contacts, who)));
    return {};
}

Result<json> institutionsOf(const chain::Chain &chain, const app::Contacts &contacts,
                            const std::set<std::uint32_t> &ids)
{
    json rows = json::array();
    for (const std::uint32_t id : ids) {
        AMANA_TRY(const chain::Institution institution, chain::IdentityRegistry(chain).institutionOf(id));
        rows.push_back({{"id", id},
                        {"name", contacts.institutionName(id).toStdString()},
                        {"admin", partyToJson(contacts, institution.admin)},
                        {"active", institution.active}});
    }
    return rows;
}

QString keyText(const chain::Member &member)
{
    const QString version = QString::number(member.keyVersion);
    return member.keyRevoked ? version + QStringLiteral(" (revoked)") : version;
}

Status listMembers(Context &context, const QStringList &list)
{
    Arguments arguments(QStringLiteral("member list"), {},
                        QStringLiteral("Who is enrolled, with roles and keys."));
    AMANA_CHECK(arguments.parse(context, list, 0, 0));
    AMANA_TRY(const auto session, context.session());
    AMANA_TRY(sharing::Actor *const actor, context.connect(*session));
    AMANA_TRY(const auto contacts, app::Contacts::open(session->library(), context.home));
    AMANA_TRY(const std::vector<chain::IndexedMember> members, actor->index.members());
    json rows = json::array();
    std::vector<QStringList> table;
    std::set<std::uint32_t> ids;
    for (const chain::IndexedMember &row : members) {
        ids.insert(row.member.institution);
        json member = partyToJson(*contacts, row.who);
        member.update({{"institution", row.member.institution},
                       {"roles", roleNames(row.member.roles)},
                       {"validUntil", timeOf(row.member.validUntil)},
                       {"suspended", row.member.suspended},
                       {"keyVersion", row.member.keyVersion},
                       {"keyRevoked", row.member.keyRevoked}});
        rows.push_back(std::move(member));
        table.push_back(
            {contacts->personName(row.who), toQ(crypto::checksumAddress(row.who)),
             QString::number(row.member.institution), listOf(roleNames(row.member.roles)),
             keyText(row.member),
             row.member.suspended ? QStringLiteral("suspended") : toQ(timeOf(row.member.validUntil))});
    }
    AMANA_TRY(const json institutions, institutionsOf(actor->chain, *contacts, ids));
    context.out.json({{"members", rows}, {"institutions", institutions}});
    context.out.table({QStringLiteral("Name"), QStringLiteral("Address"), QStringLiteral("Institution"),
                       QStringLiteral("Roles"), QStringLiteral("Key"), QStringLiteral("Until")},
                      table, QStringLiteral("No members."));
    return {};
}

} // namespace

std::vector<Command> memberCommands()
{
    return {{QStringLiteral("member"), QStringLiteral("add, list, roles, revoke-key: who may do what"),
             dispatch(QStringLiteral("member"), {{QStringLiteral("add"), addMember},
                                                 {QStringLiteral("list"), listMembers},
                                                 {QStringLiteral("roles"), changeRoles},
                                                 {QStringLiteral("revoke-key"), revokeKey}})}};
}

} // namespace amana::cli
