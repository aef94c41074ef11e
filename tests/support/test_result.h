// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QTest>

/// AMANA_TRY for test functions: the value, or the test fails with the error's code.
#define TEST_VALUE(target, ...)                                                                              \
    auto AMANA_CONCAT(testValue, __LINE__) = (__VA_ARGS__);                                                  \
    QVERIFY2(AMANA_CONCAT(testValue, __LINE__),                                                              \
             AMANA_CONCAT(testValue, __LINE__)                                                               \
                 ? ""                                                                                        \
                 : AMANA_CONCAT(testValue, __LINE__).error().debugString().c_str());                         \
    target = std::move(*AMANA_CONCAT(testValue, __LINE__))

#define TEST_OK(...)                                                                                         \
    do {                                                                                                     \
        const auto testOk = (__VA_ARGS__);                                                                   \
        QVERIFY2(testOk, testOk ? "" : testOk.error().debugString().c_str());                                \
    } while (false)

namespace amana::test {

/// The id of the error, or "ok".
template <class T>
std::string outcome(const Result<T> &result)
{
    return result ? "ok" : std::string(errorId(result.error().code));
}

} // namespace amana::test
