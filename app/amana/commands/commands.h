// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/amana/cli.h"

/// The groups of commands; each function is defined in the file of its group.
namespace amana::cli {

[[nodiscard]] std::vector<Command> fileCommands(); ///< inspect deid risk seal open cid car
[[nodiscard]] Status deidFiles(Context &context, const QStringList &arguments);
[[nodiscard]] Status tableRisk(Context &context, const QStringList &arguments);
[[nodiscard]] Status sealFile(Context &context, const QStringList &arguments);
[[nodiscard]] Status openFile(Context &context, const QStringList &arguments);
[[nodiscard]] std::vector<Command> readingCommands();   ///< anchor prove
[[nodiscard]] std::vector<Command> verifyCommands();    ///< verify
[[nodiscard]] std::vector<Command> identityCommands();  ///< identity profile
[[nodiscard]] std::vector<Command> networkCommands();   ///< network
[[nodiscard]] std::vector<Command> memberCommands();    ///< member
[[nodiscard]] std::vector<Command> libraryCommands();   ///< import
[[nodiscard]] std::vector<Command> reviewCommands();    ///< review
[[nodiscard]] std::vector<Command> publishCommands();   ///< publish
[[nodiscard]] std::vector<Command> catalogueCommands(); ///< catalogue
[[nodiscard]] std::vector<Command>
requestCommands(); ///< request requests approve return deny revoke cancel resubmit
[[nodiscard]] std::vector<Command> moneyCommands();     ///< pay accept refund dispute settle balance collect credit
[[nodiscard]] std::vector<Command> emergencyCommands(); ///< emergency emergency-keys review-emergency
[[nodiscard]] std::vector<Command> custodyCommands();   ///< custody
[[nodiscard]] std::vector<Command> downloadCommands();  ///< download
[[nodiscard]] std::vector<Command> storageCommands();  ///< storage
[[nodiscard]] std::vector<Command> serveCommands();     ///< serve
[[nodiscard]] std::vector<Command> historyCommands();  ///< history audit jobs
[[nodiscard]] std::vector<Command> transactionCommands(); ///< transactions
[[nodiscard]] std::vector<Command> demoCommands();     ///< demo
[[nodiscard]] std::vector<Command> laterCommands();    ///< named in the plan, not in this version

} // namespace amana::cli
