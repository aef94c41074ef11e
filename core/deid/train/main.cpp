// SPDX-License-Identifier: GPL-3.0-or-later
// amana-deid-train: trains the bundled tagger. See README.md of core/deid for the command that made the
// bundled model.
#include "core/base/files.h"
#include "core/deid/model/net.h"
#include "core/deid/train/corpus.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QElapsedTimer>

#include <cmath>
#include <cstdio>
#include <cstdlib>

using namespace amana;
using namespace amana::deid;

namespace {

constexpr std::size_t kWindow = 128;

struct Row {
    std::vector<model::Features> features;
    std::vector<std::uint64_t> allowed; ///< bit c: class c is right for this token
};

struct Options {
    QString data;
    QString phrases;
    QString prose;
    QString out;
    QString from; ///< model to go on from; empty: fresh
    double bias = 0;
    std::int64_t steps = 20'000;
    int rows = 24;
    std::int64_t every = 2'000; ///< steps between two reports
    double rate = 2e-3;
    std::uint64_t seed = 1;
    int threads = 1;
};

/// Which classes are right for each token. Unlabelled types are open outside marks; anything goes inside
/// optional marks.
std::vector<std::uint64_t> allowedOf(const train::Sample &s, const std::vector<model::Token> &tokens,
                                     int classes)
{
    const std::uint64_t all = (std::uint64_t(1) << classes) - 1;
    std::uint64_t outside = 1;
    for (int t = 0; t < static_cast<int>(train::kTypes.size()); ++t)
        if ((s.labelled & (1U << t)) == 0)
            outside |= std::uint64_t(0xF) << (1 + 4 * t);
    std::vector<std::uint64_t> out(tokens.size(), outside);
    std::size_t at = 0;
    for (const train::Mark &m : s.marks) {
        while (at < tokens.size() && tokens[at].end <= m.begin)
            ++at;
        std::size_t end = at;
        while (end < tokens.size() && tokens[end].begin < m.end)
            ++end;
        for (std::size_t i = at; i < end; ++i) {
            const auto part = end - at == 1  ? model::LabelSet::Single
                              : i == at      ? model::LabelSet::Begin
                              : i + 1 == end ? model::LabelSet::End
                                             : model::LabelSet::Inside;
            out[i] =
                m.type == train::Optional ? all : std::uint64_t(1) << model::LabelSet::label(m.type, part);
        }
        at = end;
    }
    return out;
}

class Feeder {
public:
    Feeder(const train::Corpus &corpus, const model::NetConfig &config, std::uint64_t seed)
        : m_corpus(corpus), m_config(config), m_random(seed)
    {
    }

    Row next()
    {
        while (m_rows.empty())
            fill();
        Row row = std::move(m_rows.back());
        m_rows.pop_back();
        return row;
    }

private:
    void fill()
    {
        for (int i = 0; i < 60; ++i)
            cut(m_corpus.draw(m_random));
        for (std::size_t i = m_rows.size(); i > 1; --i)
            std::swap(m_rows[i - 1], m_rows[m_random.below(i)]);
    }

    void cut(const train::Sample &s)
    {
        const auto tokens = model::tokenize(s.text);
        const auto allowed = allowedOf(s, tokens, 1 + 4 * static_cast<int>(train::kTypes.size()));
        const auto start = tokens.size() > kWindow ? m_random.below(kWindow / 2) : 0;
        int taken = 0;
        for (std::size_t at = start; at < tokens.size() && taken < 4; at += kWindow, ++taken) {
            const auto end = std::min(at + kWindow, tokens.size());
            if (end - at < 24 && taken > 0)
                break;
            Row row;
            for (std::size_t i = at; i < end; ++i) {
                auto f = model::featuresOf(s.text, tokens[i], m_config.buckets);
                if (m_random.chance(0.25)) // word dropout: affixes, shape and context must do
                    f.bag[0] = 0;
                if (m_random.chance(0.05))
                    f.bag = {0, f.bag[1], 0, 0, 0, 0, 0};
                row.features.push_back(f);
            }
            const auto from = allowed.begin() + static_cast<std::ptrdiff_t>(at);
            row.allowed.assign(from, from + static_cast<std::ptrdiff_t>(end - at));
            m_rows.push_back(std::move(row));
        }
    }

    const train::Corpus &m_corpus;
    model::NetConfig m_config;
    train::Random m_random;
    std::vector<Row> m_rows;
};

torch::Tensor lossOf(const torch::Tensor &logits, const std::vector<Row> &rows)
{
    const auto length = logits.size(1), classes = logits.size(2);
    auto closed = torch::full({logits.size(0), length, classes}, -1e4F);
    auto weight = torch::zeros({logits.size(0), length});
    float *c = closed.data_ptr<float>();
    float *w = weight.data_ptr<float>();
    for (std::size_t r = 0; r < rows.size(); ++r)
        for (std::size_t t = 0; t < rows[r].allowed.size(); ++t) {
            const auto at = static_cast<std::int64_t>(r) * length + static_cast<std::int64_t>(t);
            w[at] = 1;
            for (std::int64_t k = 0; k < classes; ++k)
                if (rows[r].allowed[t] >> k & 1U)
                    c[at * classes + k] = 0;
        }
    const auto loss = torch::logsumexp(logits, 2) - torch::logsumexp(logits + closed, 2);
    return (loss * weight).sum() / weight.sum();
}

struct Score {
    double recall = 0, precision = 0;
};

/// Characters of any mark that any answer covers, and the other way round (the scorer's figures, roughly,
/// while training).
Score evaluate(model::Net &net, const std::vector<train::Sample> &set)
{
    const torch::NoGradGuard guard;
    net.eval();
    const model::LabelSet labels(net.config.types);
    double gold = 0, found = 0, said = 0, right = 0;
    for (const auto &s : set) {
        const auto tokens = model::tokenize(s.text);
        if (tokens.empty())
            continue;
        std::vector<model::Features> row;
        for (const auto &t : tokens)
            row.push_back(model::featuresOf(s.text, t, net.config.buckets));
        const auto rows = torch::log_softmax(net.forward(model::makeBatch({row})), 2).contiguous();
        std::vector<char> truth(s.text.size(), 0), answer(s.text.size(), 0);
        for (const auto &m : s.marks)
            std::fill(truth.begin() + static_cast<std::ptrdiff_t>(m.begin),
                      truth.begin() + static_cast<std::ptrdiff_t>(m.end), m.type == train::Optional ? 2 : 1);
        for (const auto &span : model::decodeBest(rows.data_ptr<float>(), tokens.size(), labels, 0))
            if (s.labelled >> span.type & 1U)
                std::fill(answer.begin() + tokens[span.first].begin, answer.begin() + tokens[span.last].end,
                          1);
        for (std::size_t i = 0; i < truth.size(); ++i) {
            gold += truth[i] == 1;
            found += truth[i] == 1 && answer[i];
            said += truth[i] != 2 && answer[i];
            right += truth[i] == 1 && answer[i];
        }
    }
    net.train();
    return {gold > 0 ? found / gold : 0, said > 0 ? right / said : 0};
}

class Trainer {
public:
    Trainer(const Options &o, model::NetConfig config)
        : m_options(o), m_vocabulary(o.phrases), m_lists(o.data + QStringLiteral("/lists"), m_vocabulary),
          m_phrases(o.phrases, m_lists, m_vocabulary),
          m_corpus(o.data, o.prose, m_lists, m_phrases), m_feeder(m_corpus, config, o.seed), m_net(config),
          m_optimizer(m_net.parameters(), torch::optim::AdamWOptions(o.rate).weight_decay(0.01))
    {
        if (!o.from.isEmpty())
            start(o.from);
        for (const char *set :
             {"notes_en_shift", "presidio_en", "notes_en", "meddocan_es", "eds_pseudo_fr"}) {
            auto samples = train::readLabelled(
                o.data + QStringLiteral("/labelled/%1.dev.jsonl").arg(QLatin1String(set)));
            samples.resize(std::min<std::size_t>(samples.size(), 100));
            m_dev.emplace_back(set, std::move(samples));
        }
    }

    int run()
    {
        QElapsedTimer clock;
        clock.start();
        double mean = 0;
        for (std::int64_t done = 0; done < m_options.steps;) {
            const double loss = step(rateAt(done));
            mean = done == 0 ? loss : 0.98 * mean + 0.02 * loss;
            if (++done % 200 == 0) {
                std::printf("step %lld  %.1f min  loss %.4f\n", static_cast<long long>(done),
                            static_cast<double>(clock.elapsed()) / 60000, mean);
                std::fflush(stdout);
            }
            if (done % m_options.every == 0 && done < m_options.steps)
                report();
        }
        report();
        return 0;
    }

private:
    void start(const QString &path)
    {
        const auto bytes = readFile(path);
        const auto file = bytes ? model::readTensors(*bytes) : Result<model::TensorFile>(fail(bytes.error()));
        const Status loaded = file ? m_net.load(*file) : Status(fail(file.error()));
        if (!loaded) {
            std::fprintf(stderr, "%s\n", loaded.error().debugString().c_str());
            std::exit(1);
        }
    }

    /// A short warming up, then down by a cosine: of the steps, so that a run can be repeated.
    double rateAt(std::int64_t done) const
    {
        const double warm = std::min(1.0, static_cast<double>(done + 1) / 200);
        const double share = static_cast<double>(done) / static_cast<double>(m_options.steps);
        return m_options.rate * warm * (0.02 + 0.98 * 0.5 * (1 + std::cos(3.14159265 * share)));
    }

    double step(double rate)
    {
        std::vector<Row> rows;
        std::vector<std::vector<model::Features>> features;
        for (int i = 0; i < m_options.rows; ++i) {
            rows.push_back(m_feeder.next());
            features.push_back(rows.back().features);
        }
        for (auto &group : m_optimizer.param_groups())
            static_cast<torch::optim::AdamWOptions &>(group.options()).lr(rate);
        m_optimizer.zero_grad();
        auto loss = lossOf(m_net.forward(model::makeBatch(features)), rows);
        loss.backward();
        torch::nn::utils::clip_grad_norm_(m_net.parameters(), 1.0);
        m_optimizer.step();
        return loss.item<double>();
    }

    void report()
    {
        for (const auto &[name, set] : m_dev) {
            const Score s = evaluate(m_net, set);
            std::printf("  %-16s characters recall %.4f precision %.4f\n", name.c_str(), s.recall,
                        s.precision);
        }
        std::fflush(stdout);
        if (const auto done = writeFileAtomic(m_options.out, model::writeTensors(m_net.toFile())); !done)
            std::fprintf(stderr, "%s\n", done.error().debugString().c_str());
    }

    Options m_options;
    train::Vocabulary m_vocabulary;
    train::Lists m_lists;
    train::Phrases m_phrases;
    train::Corpus m_corpus;
    Feeder m_feeder;
    model::Net m_net;
    torch::optim::AdamW m_optimizer;
    std::vector<std::pair<std::string, std::vector<train::Sample>>> m_dev;
};

void show(const Options &o) // a few made texts, for a look at what the net learns from
{
    const train::Vocabulary vocabulary(o.phrases);
    const train::Lists lists(o.data + QStringLiteral("/lists"), vocabulary);
    const train::Phrases phrases(o.phrases, lists, vocabulary);
    const train::Corpus corpus(o.data, o.prose, lists, phrases);
    train::Random random(o.seed);
    for (int i = 0; i < 12; ++i) {
        const auto s = corpus.draw(random);
        QString text = QString::fromStdU32String(s.text.substr(0, 900));
        std::printf("---- %s\n%s\n", s.lang.c_str(), qPrintable(text));
        for (const auto &m : s.marks)
            if (m.end < 900)
                std::printf("<%s %s> ",
                            m.type < train::Optional ? train::kTypes[static_cast<std::size_t>(m.type)].c_str()
                                                     : "-",
                            qPrintable(QString::fromStdU32String(s.text.substr(m.begin, m.end - m.begin))));
        std::printf("\n");
    }
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication app(argc, argv);
    QCommandLineParser parser;
    parser.addHelpOption();
    parser.addOptions(
        {{QStringLiteral("data"), QStringLiteral("folder with labelled/, carriers/ and lists/"),
          QStringLiteral("folder")},
         {QStringLiteral("prose"), QStringLiteral("folder with text without identifiers, <language>.txt (prose.py)"),
          QStringLiteral("folder")},
         {QStringLiteral("phrases"), QStringLiteral("folder with the phrase files"),
          QStringLiteral("folder")},
         {QStringLiteral("out"), QStringLiteral("model file to write"), QStringLiteral("file")},
         {QStringLiteral("from"), QStringLiteral("model to go on from"), QStringLiteral("file")},
         {QStringLiteral("bias"),
          QStringLiteral("how much more than outside a token may be doubted and still be shown"),
          QStringLiteral("x"), QStringLiteral("0")},
         {QStringLiteral("steps"), QStringLiteral("steps to train"), QStringLiteral("n"), QStringLiteral("20000")},
         {QStringLiteral("every"), QStringLiteral("steps between two reports"), QStringLiteral("n"),
          QStringLiteral("2000")},
         {QStringLiteral("rows"), QStringLiteral("windows a step"), QStringLiteral("n"),
          QStringLiteral("24")},
         {QStringLiteral("rate"), QStringLiteral("highest learning rate"), QStringLiteral("x"),
          QStringLiteral("0.002")},
         {QStringLiteral("seed"), QStringLiteral("seed"), QStringLiteral("n"), QStringLiteral("1")},
         {QStringLiteral("threads"), QStringLiteral("threads"), QStringLiteral("n"), QStringLiteral("1")},
         {QStringLiteral("show"), QStringLiteral("print made texts and stop")}});
    parser.process(app);
    Options o;
    o.data = parser.value(QStringLiteral("data"));
    o.prose = parser.value(QStringLiteral("prose"));
    o.phrases = parser.value(QStringLiteral("phrases"));
    o.out = parser.value(QStringLiteral("out"));
    o.from = parser.value(QStringLiteral("from"));
    o.bias = parser.value(QStringLiteral("bias")).toDouble();
    o.steps = parser.value(QStringLiteral("steps")).toLongLong();
    o.every = std::max(1LL, parser.value(QStringLiteral("every")).toLongLong());
    o.rows = parser.value(QStringLiteral("rows")).toInt();
    o.rate = parser.value(QStringLiteral("rate")).toDouble();
    o.seed = parser.value(QStringLiteral("seed")).toULongLong();
    o.threads = parser.value(QStringLiteral("threads")).toInt();
    if (parser.isSet(QStringLiteral("show"))) {
        show(o);
        return 0;
    }
    torch::manual_seed(o.seed);
    at::set_num_threads(o.threads);
    model::NetConfig config;
    config.types = train::kTypes;
    config.outsideBias = o.bias;
    return Trainer(o, config).run();
}
