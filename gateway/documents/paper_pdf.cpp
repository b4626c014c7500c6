// libharu does the format; here is where things go on a page.

#include "gateway/documents/paper.hpp"

#include <hpdf.h>

#include <algorithm>
#include <cstdint>
#include <memory>
#include <stdexcept>
#include <string_view>
#include <type_traits>

namespace tertulia::gateway {
namespace {

// Points, from the lower left corner of an A4 page.
constexpr float page_width = 595;
constexpr float page_height = 842;
constexpr float margin = 56;
constexpr float title_size = 16;
constexpr float heading_size = 12;
constexpr float text_size = 10;
constexpr float leading = 1.4F;

// Those of Windows-1252 that are not where Unicode has them, as far as our texts use them.
char in_windows_1252(std::uint32_t letter) noexcept {
    switch (letter) {
        case 0x20AC:
            return '\x80';
        case 0x2013:
            return '\x96';
        case 0x2014:
            return '\x97';
        case 0x2018:
            return '\x91';
        case 0x2019:
            return '\x92';
        case 0x201C:
            return '\x93';
        case 0x201D:
            return '\x94';
        case 0x2022:
            return '\x95';
        case 0x2026:
            return '\x85';
        case 0x00A0:  // the spaces numbers are grouped with
        case 0x2007:
        case 0x2009:
        case 0x202F:
            return ' ';
        default:
            break;
    }
    const bool same = (letter >= 0x20 && letter < 0x7F) || (letter > 0xA0 && letter <= 0xFF);
    return same ? static_cast<char>(letter) : '?';
}

std::string windows_1252(std::string_view utf8) {
    std::string out;
    for (std::size_t i = 0; i < utf8.size();) {
        const auto first = static_cast<unsigned char>(utf8[i]);
        const std::size_t length = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
        std::uint32_t letter = length == 1 ? first : first & (0x7FU >> length);
        for (std::size_t k = 1; k < length && i + k < utf8.size(); ++k) {
            letter = (letter << 6U) | (static_cast<unsigned char>(utf8[i + k]) & 0x3FU);
        }
        out += in_windows_1252(letter);
        i += length;
    }
    return out;
}

struct free_document {
    void operator()(HPDF_Doc document) const noexcept { HPDF_Free(document); }
};

class printer {
public:
    printer() : document_{HPDF_New(nullptr, nullptr)} {
        if (!document_) throw std::runtime_error{"libharu: no document"};
        HPDF_SetCompressionMode(document_.get(), HPDF_COMP_TEXT);
        plain_ = HPDF_GetFont(document_.get(), "Helvetica", "WinAnsiEncoding");
        bold_ = HPDF_GetFont(document_.get(), "Helvetica-Bold", "WinAnsiEncoding");
        begin_page();
    }

    void heading(std::string_view text, float size) {
        space(size);
        font_ = bold_;
        size_ = size;
        wrapped(text);
    }
    void line(std::string_view text) {
        font_ = plain_;
        size_ = text_size;
        wrapped(text);
    }
    void space(float points) { y_ -= points; }

    void table(const paper_table& what) {
        if (what.header.empty()) return;
        const auto widths = widths_of(what);
        row(what.header, widths, bold_);
        for (const auto& each : what.rows) {
            if (y_ - text_size * leading < margin) {
                begin_page();
                row(what.header, widths, bold_);
            }
            row(each, widths, plain_);
        }
    }

    std::string bytes() {
        if (HPDF_SaveToStream(document_.get()) != HPDF_OK) fail();
        std::string out(HPDF_GetStreamSize(document_.get()), '\0');
        auto size = static_cast<HPDF_UINT32>(out.size());
        if (size == 0) fail();
        HPDF_ReadFromStream(document_.get(), reinterpret_cast<HPDF_BYTE*>(out.data()), &size);
        out.resize(size);
        return out;
    }

private:
    [[noreturn]] void fail() {
        throw std::runtime_error{
            "libharu: error " + std::to_string(HPDF_GetError(document_.get()))};
    }

    void begin_page() {
        page_ = HPDF_AddPage(document_.get());
        if (page_ == nullptr) fail();
        HPDF_Page_SetWidth(page_, page_width);
        HPDF_Page_SetHeight(page_, page_height);
        y_ = page_height - margin;
    }

    float width_of(const std::string& text, HPDF_Font font) {
        HPDF_Page_SetFontAndSize(page_, font, text_size);
        return HPDF_Page_TextWidth(page_, text.c_str());
    }

    void put(const std::string& text, float x) {
        HPDF_Page_BeginText(page_);
        HPDF_Page_SetFontAndSize(page_, font_, size_);
        HPDF_Page_TextOut(page_, x, y_, text.c_str());
        HPDF_Page_EndText(page_);
    }

    // Broken between words.
    void wrapped(std::string_view utf8) {
        const auto text = windows_1252(utf8);
        std::size_t at = 0;
        while (at < text.size()) {
            y_ -= size_ * leading;
            if (y_ < margin) {
                begin_page();
                y_ -= size_ * leading;
            }
            HPDF_Page_SetFontAndSize(page_, font_, size_);
            HPDF_REAL real{};
            const auto fits = HPDF_Page_MeasureText(
                page_, text.c_str() + at, page_width - 2 * margin, HPDF_TRUE, &real
            );
            const auto taken = std::max<std::size_t>(1, fits);
            put(text.substr(at, taken), margin);
            at += taken;
        }
    }

    // As wide as its widest cell; what is left over goes between the columns.
    std::vector<float> widths_of(const paper_table& what) {
        std::vector<float> widths;
        for (std::size_t i = 0; i < what.header.size(); ++i) {
            auto widest = width_of(windows_1252(what.header[i]), bold_);
            for (const auto& each : what.rows) {
                widest = std::max(widest, width_of(windows_1252(each.at(i)), plain_));
            }
            widths.push_back(widest);
        }
        float sum = 0;
        for (const auto each : widths) sum += each;
        const auto gap = std::max(
            6.0F, (page_width - 2 * margin - sum) / static_cast<float>(widths.size())
        );
        for (auto& each : widths) each += gap;
        return widths;
    }

    void row(
        const std::vector<std::string>& cells, const std::vector<float>& widths, HPDF_Font font
    ) {
        y_ -= text_size * leading;
        if (y_ < margin) {
            begin_page();
            y_ -= text_size * leading;
        }
        font_ = font;
        size_ = text_size;
        float x = margin;
        for (std::size_t i = 0; i < cells.size(); ++i) {
            put(windows_1252(cells[i]), x);
            x += widths[i];
        }
    }

    std::unique_ptr<std::remove_pointer_t<HPDF_Doc>, free_document> document_;
    HPDF_Font plain_{};
    HPDF_Font bold_{};
    HPDF_Font font_{};
    HPDF_Page page_{};
    float size_{text_size};
    float y_{};
};

}  // namespace

std::string pdf_of(const paper& what) {
    printer to;
    to.heading(what.title, title_size);
    for (const auto& each : what.lead) to.line(each);
    for (const auto& each : what.tables) {
        to.heading(each.title, heading_size);
        for (const auto& line : each.lines) to.line(line);
        to.space(text_size / 2);
        to.table(each);
    }
    to.space(text_size);
    for (const auto& each : what.closing) to.line(each);
    return to.bytes();
}

}  // namespace tertulia::gateway
