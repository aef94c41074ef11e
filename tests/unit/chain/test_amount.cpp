// SPDX-License-Identifier: GPL-3.0-or-later
// Amounts of money: what is written is what is paid, to the last digit, or nothing is.
#include "core/chain/amount.h"

#include <QTest>

using namespace amana;
using namespace amana::chain;

namespace {

std::string read(std::string_view text)
{
    const auto amount = amountFromText(text, "ETH");
    if (amount)
        return amount->value.toDecimal() + (amount->currency == Currency::Credit ? " credit" : " native");
    for (const auto &[name, value] : amount.error().params)
        if (name == "reason")
            return value;
    return "?";
}

} // namespace

class TestAmount : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void reads_data();
    void reads();
    void thereAndBack();
    void symbols();
};

void TestAmount::reads_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("meaning");
    const std::pair<const char *, const char *> rows[] = {
        {"5 AMC", "5000000000000000000 credit"},
        {"5AMC", "5000000000000000000 credit"},
        {"  0.01   ETH ", "10000000000000000 native"},
        {"0 AMC", "0 credit"},
        {"0.000000000000000001 AMC", "1 credit"},
        {"0.0000000000000000010 AMC", "digits"},
        {"0.0000000000000000001 ETH", "digits"},
        {"79228162514.264337593543950335 AMC", "79228162514264337593543950335 credit"}, // 2^96 - 1
        {"79228162514.264337593543950336 AMC", "tooLarge"},
        {"99999999999999999999999999999999999999999999999999999999999999999999999999999999 AMC", "tooLarge"},
        {"-5 AMC", "malformed"},
        {"+5 AMC", "malformed"},
        {"1e3 AMC", "malformed"},
        {"0x10 AMC", "malformed"},
        {"1,000 AMC", "malformed"},
        {"1 000 AMC", "malformed"},
        {"1_000 AMC", "malformed"},
        {"1'000 AMC", "malformed"},
        {"1.2.3 AMC", "malformed"},
        {".5 AMC", "malformed"},
        {"5. AMC", "malformed"},
        {"05 AMC", "malformed"},
        {"5 amc", "malformed"},
        {"\xd9\xa5 AMC", "malformed"}, // ARABIC-INDIC DIGIT FIVE
        {"AMC", "malformed"},
        {"", "malformed"},
        {"5", "currency"},
        {"5 USD", "currency"},
    };
    for (const auto &[text, meaning] : rows)
        QTest::newRow(text) << QString::fromUtf8(text) << QString::fromUtf8(meaning);
}

void TestAmount::reads()
{
    QFETCH(QString, text);
    QFETCH(QString, meaning);
    QCOMPARE(QString::fromStdString(read(text.toStdString())), meaning);
}

void TestAmount::thereAndBack()
{
    for (const char *text : {"0 AMC", "5 AMC", "100 AMC", "0.01 ETH", "0.000000000000000001 ETH", "12.5 AMC",
                             "79228162514.264337593543950335 AMC"})
        QCOMPARE(amountText(*amountFromText(text, "ETH"), "ETH"), std::string(text));
    QCOMPARE(amountText(*amountFromText("1.500 XDAI", "XDAI"), "XDAI"), std::string("1.5 XDAI"));
}

void TestAmount::symbols()
{
    for (const char *good : {"ETH", "XDAI", "POL", "USDC2"})
        QVERIFY2(isCurrencySymbol(good), good);
    for (const char *bad : {"AMC", "eth", "E", "", "1INCH", "E TH", "NINELETTR"})
        QVERIFY2(!isCurrencySymbol(bad), bad);
}

QTEST_GUILESS_MAIN(TestAmount)
#include "test_amount.moc"
