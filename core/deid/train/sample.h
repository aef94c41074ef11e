// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace amana::deid::train {

inline const std::vector<std::string> kTypes{"NAME",  "DATE",  "AGE", "LOCATION",   "HOSPITAL", "ID",
                                             "PHONE", "EMAIL", "URL", "PROFESSION", "ORG"};
enum Type { Name, Date, Age, Location, Hospital, Id, Phone, Email, Url, Profession, Org, Optional, Other };

struct Mark {
    std::size_t begin = 0; ///< code points
    std::size_t end = 0;
    int type = Name;
};

/// A labelled text. A type outside `labelled` says nothing where no mark is.
struct Sample {
    std::u32string text;
    std::vector<Mark> marks; ///< sorted, not overlapping
    std::uint32_t labelled = 0x7FF;
    std::string lang = "en";
};

class Random {
public:
    explicit Random(std::uint64_t seed) : m_engine(seed) {}
    std::size_t below(std::size_t n) { return n ? static_cast<std::size_t>(m_engine() % n) : 0; }
    int range(int low, int high)
    {
        return low + static_cast<int>(below(static_cast<std::size_t>(high - low + 1)));
    }
    bool chance(double p) { return static_cast<double>(m_engine() >> 11) * 0x1.0p-53 < p; }
    template <class C>
    const auto &pick(const C &items)
    {
        return items[below(items.size())];
    }

private:
    std::mt19937_64 m_engine;
};

/// `#` digit, `@` capital letter, `&` digit or letter.
[[nodiscard]] std::u32string fromMask(std::u32string_view mask, Random &random);

} // namespace amana::deid::train
