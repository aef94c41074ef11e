// SPDX-License-Identifier: GPL-3.0-or-later
// Drives a fuzzer where libFuzzer is not at hand: seeds as they are, then mutations of them, always the same
// ones in the same order, until the time is over. What breaks it is left in ./crash-<program>.
#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <vector>

#include <fcntl.h>
#include <unistd.h>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size);

namespace {

using Bytes = std::vector<std::uint8_t>;

constexpr std::size_t kMaxInput = 64 * 1024;
constexpr unsigned kMaxSecondsForOne = 20; // a single input must not take longer

Bytes current;           // what is being tried, for onCrash
std::string crashFile;

/// Async-signal-safe: only system calls.
void onCrash(int signal)
{
    const int file = ::open(crashFile.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (file >= 0 && ::write(file, current.data(), current.size()) >= 0)
        ::close(file);
    std::signal(signal, SIG_DFL);
    std::raise(signal);
}

std::vector<Bytes> readSeeds(const char *folder)
{
    std::vector<std::filesystem::path> paths;
    for (const auto &entry : std::filesystem::directory_iterator(folder))
        paths.push_back(entry.path());
    std::sort(paths.begin(), paths.end());
    std::vector<Bytes> seeds;
    for (const auto &path : paths) {
        std::ifstream file(path, std::ios::binary);
        seeds.emplace_back(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
    }
    return seeds;
}

class Mutator {
public:
    explicit Mutator(const std::vector<Bytes> &seeds) : m_seeds(seeds) {}

    Bytes next()
    {
        Bytes bytes = m_seeds[below(m_seeds.size())];
        for (std::size_t i = 1 + below(6); i > 0; --i)
            change(bytes);
        if (bytes.size() > kMaxInput)
            bytes.resize(kMaxInput);
        return bytes;
    }

private:
    std::size_t below(std::size_t limit) { return limit == 0 ? 0 : m_random() % limit; }
    std::uint8_t byte()
    {
        static constexpr std::uint8_t kEdges[] = {0x00, 0x01, 0x7f, 0x80, 0xff, 0xb8, 0xbf, 0xc0, 0xf8, '"', '['};
        return below(2) == 0 ? kEdges[below(std::size(kEdges))] : static_cast<std::uint8_t>(m_random());
    }
    void change(Bytes &bytes)
    {
        const auto place = [&] { return bytes.begin() + static_cast<std::ptrdiff_t>(below(bytes.size())); };
        const Bytes &other = m_seeds[below(m_seeds.size())];
        switch (below(bytes.empty() ? 1 : 7)) {
        case 0: // take in a part of another one
            if (!other.empty()) {
                const auto from = other.begin() + static_cast<std::ptrdiff_t>(below(other.size()));
                bytes.insert(bytes.end(), from, other.end());
            }
            break;
        case 1:
            *place() ^= static_cast<std::uint8_t>(1u << below(8));
            break;
        case 2:
            *place() = byte();
            break;
        case 3:
            bytes.insert(place(), 1 + below(8), byte());
            break;
        case 4:
            bytes.erase(place());
            break;
        case 5:
            bytes.erase(place(), bytes.end());
            break;
        case 6: { // say a part twice
            const Bytes part(place(), bytes.end());
            bytes.insert(place(), part.begin(), part.end());
            break;
        }
        }
    }

    const std::vector<Bytes> &m_seeds;
    std::mt19937_64 m_random{1}; // the same run every time
};

void tryOne(Bytes bytes)
{
    current = std::move(bytes);
    ::alarm(kMaxSecondsForOne);
    LLVMFuzzerTestOneInput(current.data(), current.size());
}

} // namespace

/// fuzz-x SECONDS SEEDS, or fuzz-x FILE to try one input again.
int main(int argc, char **argv)
{
    crashFile = "crash-" + std::filesystem::path(argv[0]).filename().string();
    for (const int signal : {SIGSEGV, SIGABRT, SIGBUS, SIGFPE, SIGILL, SIGALRM})
        std::signal(signal, onCrash);
    if (argc == 2) {
        std::ifstream file(argv[1], std::ios::binary);
        tryOne({std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()});
        return 0;
    }
    const std::vector<Bytes> seeds = argc == 3 ? readSeeds(argv[2]) : std::vector<Bytes>();
    if (seeds.empty())
        return 2;
    for (const Bytes &seed : seeds)
        tryOne(seed);
    Mutator mutator(seeds);
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(std::atoi(argv[1]));
    std::uint64_t count = 0;
    for (; std::chrono::steady_clock::now() < end; ++count)
        tryOne(mutator.next());
    std::printf("%zu seeds, %llu mutations\n", seeds.size(), static_cast<unsigned long long>(count));
    return 0;
}
