// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/deid/rules/checks.h"

#include <QDate>

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdint>

namespace amana::deid {
namespace {

int digitAt(std::string_view digits, std::size_t i) { return digits[i] - '0'; }

bool allSame(std::string_view digits)
{
    return std::all_of(digits.begin(), digits.end(), [&](char c) { return c == digits.front(); });
}

int weighted(std::string_view digits, std::size_t count, const int *weights)
{
    int sum = 0;
    for (std::size_t i = 0; i < count; ++i)
        sum += digitAt(digits, i) * weights[i];
    return sum;
}

std::string alphanumeric(std::string_view text)
{
    std::string out;
    for (const char c : text)
        if (std::isalnum(static_cast<unsigned char>(c)))
            out.push_back(static_cast<char>(std::toupper(static_cast<unsigned char>(c))));
    return out;
}

std::uint64_t valueOf(std::string_view digits)
{
    std::uint64_t value = 0;
    for (const char c : digits)
        value = value * 10 + static_cast<std::uint64_t>(c - '0');
    return value;
}

bool onlyDigits(std::string_view text)
{
    return !text.empty()
           && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

} // namespace

std::string digitsOf(std::string_view text)
{
    std::string out;
    std::copy_if(text.begin(), text.end(), std::back_inserter(out),
                 [](char c) { return c >= '0' && c <= '9'; });
    return out;
}

bool luhnValid(std::string_view digits)
{
    int sum = 0;
    for (std::size_t i = 0; i < digits.size(); ++i) {
        int d = digitAt(digits, digits.size() - 1 - i);
        if (i % 2 == 1)
            d = d > 4 ? 2 * d - 9 : 2 * d;
        sum += d;
    }
    return !digits.empty() && sum % 10 == 0;
}

bool cardValid(std::string_view text)
{
    const auto d = digitsOf(text);
    return d.size() >= 13 && d.size() <= 19 && d[0] >= '3' && d[0] <= '6' && !allSame(d) && luhnValid(d);
}

bool npiValid(std::string_view text)
{
    const auto d = digitsOf(text);
    return d.size() == 10 && (d[0] == '1' || d[0] == '2') && luhnValid("80840" + d);
}

bool ssnPlausible(std::string_view text)
{
    const auto d = digitsOf(text);
    if (d.size() != 9)
        return false;
    const auto area = d.substr(0, 3);
    return area != "000" && area != "666" && d[0] != '9' && d.substr(3, 2) != "00" && d.substr(5) != "0000";
}

bool ibanValid(std::string_view text)
{
    const auto s = alphanumeric(text);
    if (s.size() < 15 || s.size() > 34 || !std::isalpha(static_cast<unsigned char>(s[0])))
        return false;
    int rest = 0;
    for (const char c : s.substr(4) + s.substr(0, 4))
        rest = std::isdigit(static_cast<unsigned char>(c)) ? (rest * 10 + c - '0') % 97
                                                           : (rest * 100 + c - 'A' + 10) % 97;
    return rest == 1;
}

bool rrnPlausible(std::string_view text)
{
    const auto d = digitsOf(text);
    if (d.size() != 13 || d[6] < '1' || d[6] > '8')
        return false;
    const int century = d[6] == '1' || d[6] == '2' || d[6] == '5' || d[6] == '6' ? 1900 : 2000;
    return QDate::isValid(century + static_cast<int>(valueOf(d.substr(0, 2))),
                          static_cast<int>(valueOf(d.substr(2, 2))),
                          static_cast<int>(valueOf(d.substr(4, 2))));
}

bool rrnChecksumValid(std::string_view text)
{
    static constexpr std::array<int, 12> kWeights{2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5};
    const auto d = digitsOf(text);
    return d.size() == 13 && (11 - weighted(d, 12, kWeights.data()) % 11) % 10 == digitAt(d, 12);
}

bool nhsValid(std::string_view text)
{
    static constexpr std::array<int, 9> kWeights{10, 9, 8, 7, 6, 5, 4, 3, 2};
    const auto d = digitsOf(text);
    if (d.size() != 10 || allSame(d))
        return false;
    const int check = (11 - weighted(d, 9, kWeights.data()) % 11) % 11;
    return check != 10 && check == digitAt(d, 9);
}

bool dniValid(std::string_view text)
{
    auto s = alphanumeric(text);
    if (s.size() == 9 && s[0] >= 'X' && s[0] <= 'Z')
        s[0] = static_cast<char>('0' + s[0] - 'X');
    return s.size() == 9 && onlyDigits(s.substr(0, 8))
           && s[8] == "TRWAGMYFPDXBNJZSQVHLCKE"[valueOf(s.substr(0, 8)) % 23];
}

bool nirValid(std::string_view text)
{
    auto s = alphanumeric(text);
    if (s.size() != 15)
        return false;
    if (s.substr(5, 2) == "2A" || s.substr(5, 2) == "2B") // Corsica
        s.replace(5, 2, s[6] == 'A' ? "19" : "18");
    return onlyDigits(s) && s[0] >= '1' && s[0] <= '4'
           && 97 - valueOf(s.substr(0, 13)) % 97 == valueOf(s.substr(13));
}

bool cpfValid(std::string_view text)
{
    static constexpr std::array<int, 10> kWeights{11, 10, 9, 8, 7, 6, 5, 4, 3, 2};
    const auto d = digitsOf(text);
    if (d.size() != 11 || allSame(d))
        return false;
    const auto check = [](int sum) { return sum % 11 < 2 ? 0 : 11 - sum % 11; };
    return check(weighted(d, 9, kWeights.data() + 1)) == digitAt(d, 9)
           && check(weighted(d, 10, kWeights.data())) == digitAt(d, 10);
}

bool aadhaarValid(std::string_view text)
{
    static constexpr int kMul[10][10] = {{0, 1, 2, 3, 4, 5, 6, 7, 8, 9}, {1, 2, 3, 4, 0, 6, 7, 8, 9, 5},
                                         {2, 3, 4, 0, 1, 7, 8, 9, 5, 6}, {3, 4, 0, 1, 2, 8, 9, 5, 6, 7},
                                         {4, 0, 1, 2, 3, 9, 5, 6, 7, 8}, {5, 9, 8, 7, 6, 0, 4, 3, 2, 1},
                                         {6, 5, 9, 8, 7, 1, 0, 4, 3, 2}, {7, 6, 5, 9, 8, 2, 1, 0, 4, 3},
                                         {8, 7, 6, 5, 9, 3, 2, 1, 0, 4}, {9, 8, 7, 6, 5, 4, 3, 2, 1, 0}};
    static constexpr int kPermute[8][10] = {{0, 1, 2, 3, 4, 5, 6, 7, 8, 9}, {1, 5, 7, 6, 2, 8, 3, 0, 9, 4},
                                            {5, 8, 0, 3, 7, 9, 6, 1, 4, 2}, {8, 9, 1, 6, 0, 4, 3, 5, 2, 7},
                                            {9, 4, 5, 3, 1, 2, 6, 8, 7, 0}, {4, 2, 8, 6, 5, 7, 3, 9, 0, 1},
                                            {2, 7, 9, 3, 8, 0, 6, 4, 1, 5}, {7, 0, 4, 6, 9, 1, 3, 2, 5, 8}};
    const auto d = digitsOf(text);
    if (d.size() != 12 || d[0] < '2')
        return false;
    int check = 0;
    for (std::size_t i = 0; i < d.size(); ++i)
        check = kMul[check][kPermute[i % 8][digitAt(d, d.size() - 1 - i)]];
    return check == 0;
}

bool chineseIdValid(std::string_view text)
{
    static constexpr std::array<int, 17> kWeights{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
    const auto s = alphanumeric(text);
    return s.size() == 18 && onlyDigits(s.substr(0, 17))
           && s[17] == "10X98765432"[weighted(s, 17, kWeights.data()) % 11];
}

bool bsnValid(std::string_view text)
{
    static constexpr std::array<int, 9> kWeights{9, 8, 7, 6, 5, 4, 3, 2, -1};
    const auto d = digitsOf(text);
    return d.size() == 9 && !allSame(d) && weighted(d, 9, kWeights.data()) % 11 == 0;
}

bool ipv4Valid(std::string_view text)
{
    int parts = 0;
    for (std::size_t at = 0; at <= text.size(); ++parts) {
        const auto end = std::min(text.find('.', at), text.size());
        const auto part = text.substr(at, end - at);
        if (!onlyDigits(part) || part.size() > 3 || valueOf(part) > 255)
            return false;
        at = end + 1;
    }
    return parts == 4;
}

} // namespace amana::deid
