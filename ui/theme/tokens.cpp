// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/tokens.h"

#include <algorithm>
#include <cmath>

namespace amana::ui {

namespace {

double linear(double channel)
{
    return channel <= 0.04045 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4);
}

// Relative luminance of WCAG 2.1.
double luminance(const QColor &c)
{
    return 0.2126 * linear(c.redF()) + 0.7152 * linear(c.greenF()) + 0.0722 * linear(c.blueF());
}

void setAll(QPalette &palette, QPalette::ColorRole role, const QColor &colour)
{
    palette.setColor(QPalette::All, role, colour);
}

} // namespace

QColor Tokens::tint(const QColor &colour, double amount) const
{
    const auto mix = [amount](float a, float b) { return float(a * (1 - amount) + b * amount); };
    return QColor::fromRgbF(mix(surface0.redF(), colour.redF()), mix(surface0.greenF(), colour.greenF()),
                            mix(surface0.blueF(), colour.blueF()));
}

const Tokens &lightTokens()
{
    static const Tokens tokens{
        QColor(0xff, 0xff, 0xff), QColor(0xf6, 0xf7, 0xf9), QColor(0xed, 0xef, 0xf3), QColor(0xd3, 0xd8, 0xe0),
        QColor(0x1b, 0x1f, 0x27), QColor(0x47, 0x4f, 0x5d), QColor(0x5b, 0x64, 0x73),
        QColor(0x0c, 0x66, 0x66), QColor(0xff, 0xff, 0xff),
        QColor(0x1a, 0x57, 0xb0), QColor(0x17, 0x6b, 0x3a), QColor(0x83, 0x50, 0x00), QColor(0xae, 0x23, 0x1b),
        QColor(0x58, 0x3c, 0xa3), QColor(0x5b, 0x64, 0x73),
    };
    return tokens;
}

const Tokens &darkTokens()
{
    static const Tokens tokens{
        QColor(0x15, 0x18, 0x1d), QColor(0x1b, 0x1f, 0x25), QColor(0x25, 0x2a, 0x32), QColor(0x3d, 0x45, 0x51),
        QColor(0xe8, 0xea, 0xee), QColor(0xbd, 0xc4, 0xcf), QColor(0x9f, 0xa8, 0xb6),
        QColor(0x53, 0xc5, 0xba), QColor(0x05, 0x20, 0x1d),
        QColor(0x86, 0xb6, 0xff), QColor(0x74, 0xd1, 0x9b), QColor(0xf0, 0xb6, 0x50), QColor(0xff, 0x90, 0x87),
        QColor(0xbd, 0xa8, 0xff), QColor(0x9f, 0xa8, 0xb6),
    };
    return tokens;
}

bool isDark(const QPalette &palette)
{
    return luminance(palette.color(QPalette::Active, QPalette::Window)) < 0.2;
}

const Tokens &tokensOf(const QPalette &palette)
{
    return isDark(palette) ? darkTokens() : lightTokens();
}

QColor colourOf(const Tokens &tokens, Tone tone)
{
    switch (tone) {
    case Tone::Plain: return tokens.text2;
    case Tone::Info: return tokens.info;
    case Tone::Ok: return tokens.ok;
    case Tone::Caution: return tokens.caution;
    case Tone::Danger: return tokens.danger;
    case Tone::Sealed: return tokens.sealed;
    case Tone::Pending: return tokens.pending;
    }
    return tokens.text2;
}

QPalette paletteOf(const Tokens &t)
{
    QPalette p;
    setAll(p, QPalette::Window, t.surface1);
    setAll(p, QPalette::WindowText, t.text1);
    setAll(p, QPalette::Base, t.surface0);
    setAll(p, QPalette::AlternateBase, t.surface1);
    setAll(p, QPalette::Text, t.text1);
    setAll(p, QPalette::PlaceholderText, t.text3);
    setAll(p, QPalette::Button, t.surface2);
    setAll(p, QPalette::ButtonText, t.text1);
    setAll(p, QPalette::BrightText, t.danger);
    setAll(p, QPalette::ToolTipBase, t.surface2);
    setAll(p, QPalette::ToolTipText, t.text1);
    setAll(p, QPalette::Highlight, t.accent);
    setAll(p, QPalette::HighlightedText, t.onAccent);
    setAll(p, QPalette::Link, t.info);
    setAll(p, QPalette::LinkVisited, t.sealed);
    setAll(p, QPalette::Light, t.surface0);
    setAll(p, QPalette::Midlight, t.surface2);
    setAll(p, QPalette::Mid, t.line);
    setAll(p, QPalette::Dark, t.line.darker(130));
    setAll(p, QPalette::Shadow, t.line.darker(180));
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        p.setColor(QPalette::Disabled, role, t.tint(t.text1, 0.5));
    p.setColor(QPalette::Disabled, QPalette::Highlight, t.line);
    p.setColor(QPalette::Disabled, QPalette::HighlightedText, t.text2);
    return p;
}

double contrast(const QColor &a, const QColor &b)
{
    const double x = luminance(a);
    const double y = luminance(b);
    return (std::max(x, y) + 0.05) / (std::min(x, y) + 0.05);
}

} // namespace amana::ui
