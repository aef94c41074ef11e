// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/amana/output_option.h"

namespace amana::cli {

void declareOutput(Arguments &arguments, const QString &what)
{
    arguments.option({QStringLiteral("o")}, QStringLiteral("FILE"), what);
    arguments.flag(QStringLiteral("force"), QStringLiteral("replace the file if there is one"));
}

Result<OutputFile> outputOf(const Context &context, const Arguments &arguments, bool ownerOnly)
{
    AMANA_TRY(const QString path, arguments.required(QStringLiteral("o")));
    const OutputFile target{path, arguments.has(QStringLiteral("force")), ownerOnly};
    if (target.isStandard() && context.out.isJson())
        return arguments.misuse("conflict", QStringLiteral("-o - --json"));
    AMANA_CHECK(target.check());
    return target;
}

} // namespace amana::cli
