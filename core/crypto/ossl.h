// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdio>
#include <cstdlib>
#include <memory>

/// Internal to core/crypto.
namespace amana::crypto {

/// OpenSSL calls that can fail only when memory or the library itself is broken. There is no safe way on from
/// there.
inline void require(bool ok, const char *what)
{
    if (ok)
        return;
    std::fputs("amana: cryptographic library failed: ", stderr);
    std::fputs(what, stderr);
    std::fputc('\n', stderr);
    std::abort();
}

template <auto Free>
struct OsslFree {
    template <class T>
    void operator()(T *pointer) const
    {
        Free(pointer);
    }
};

template <class T, auto Free>
using OsslPtr = std::unique_ptr<T, OsslFree<Free>>;

} // namespace amana::crypto
