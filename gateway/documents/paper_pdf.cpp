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

struct measures {
    float margin{};
    float title_size{};
    float heading_size{};
    float text_size{};
    float leading{};
    float above{};  // a heading, in its own size
};
constexpr measures measures_of(paper_style style) noexcept {
    return style == paper_style::dense ? measures{38, 13, 9.5F, 8.3F, 1.2F, 0.4F}
                                       : measures{56, 16, 12, 10, 1.4F, 1};
}
constexpr float gap_least = 6;  // between columns

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
        case 0x0152:
            return '\x8C';
        case 0x0153:
            return '\x9C';
        case 0x0160:
            return '\x8A';
        case 0x0161:
            return '\x9A';
        case 0x0178:
            return '\x9F';
        case 0x017D:
            return '\x8E';
        case 0x017E:
            return '\x9E';
        case 0x02BC:  // the glottal stop of Mayan names
            return '\x92';
        case 0x00A0:  // the spaces numbers are grouped with
        case 0x2007:
        case 0x2009:
        case 0x202F:
        case '\t':
        case '\r':
            return ' ';
        case '\n':
            return '\n';
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
    explicit printer(const paper& what)
        : use_{measures_of(what.style)},
          running_{windows_1252(what.running)},
          document_{HPDF_New(nullptr, nullptr)} {
        if (!document_) throw std::runtime_error{"libharu: no document"};
        HPDF_SetCompressionMode(document_.get(), HPDF_COMP_TEXT);
        plain_ = HPDF_GetFont(document_.get(), "Helvetica", "WinAnsiEncoding");
        bold_ = HPDF_GetFont(document_.get(), "Helvetica-Bold", "WinAnsiEncoding");
        begin_page();
    }

    void title(std::string_view text) { heading(text, use_.title_size); }
    // Never the last line of a page.
    void heading(std::string_view text) {
        if (text.empty()) return;
        room_for(use_.heading_size * 2 * use_.leading + 2 * line_height());
        heading(text, use_.heading_size);
    }
    void line(std::string_view text) {
        block({windows_1252(text)}, {width()}, plain_, use_.text_size);
    }
    void space(float lines) { y_ -= lines * use_.text_size; }

    void table(const paper_table& what) {
        if (what.header.empty()) return;
        const auto widths = widths_of(what);
        std::vector<std::vector<std::string>> cells;
        for (const auto& each : what.rows) cells.push_back(encoded(each));
        const auto header = encoded(what.header);
        block(header, widths, bold_, use_.text_size);
        for (const auto& each : cells) {
            if (!fits(height_of(each, widths, plain_, use_.text_size))) {
                begin_page();
                block(header, widths, bold_, use_.text_size);
            }
            block(each, widths, plain_, use_.text_size);
        }
    }

    void list(const paper_table& what) {
        const auto columns = std::max<std::size_t>(1, what.columns);
        const std::vector<float> widths(columns, width() / static_cast<float>(columns));
        for (std::size_t at = 0; at < what.listed.size(); at += columns) {
            std::vector<std::string> cells;
            for (auto i = at; i < std::min(at + columns, what.listed.size()); ++i) {
                cells.push_back(windows_1252(what.listed[i]));
            }
            block(cells, widths, plain_, use_.text_size);
        }
    }

    std::string bytes() {
        number_pages();
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

    [[nodiscard]] float width() const noexcept { return page_width - 2 * use_.margin; }
    [[nodiscard]] float line_height() const noexcept { return use_.text_size * use_.leading; }
    [[nodiscard]] bool fits(float points) const noexcept { return y_ - points >= use_.margin; }
    void room_for(float points) {
        if (!fits(points)) begin_page();
    }

    void begin_page() {
        page_ = HPDF_AddPage(document_.get());
        if (page_ == nullptr) fail();
        HPDF_Page_SetWidth(page_, page_width);
        HPDF_Page_SetHeight(page_, page_height);
        pages_.push_back(page_);
        y_ = page_height - use_.margin;
        if (pages_.size() == 1 || running_.empty()) return;
        block({running_}, {width()}, bold_, use_.text_size);
        space(0.5F);
    }

    void number_pages() {
        if (pages_.size() < 2) return;
        for (std::size_t i = 0; i < pages_.size(); ++i) {
            page_ = pages_[i];
            const auto text = std::to_string(i + 1) + " / " + std::to_string(pages_.size());
            const auto wide = width_of(text, plain_, use_.text_size);
            put(text, page_width - use_.margin - wide, use_.margin / 2, plain_, use_.text_size);
        }
    }

    float width_of(const std::string& text, HPDF_Font font, float size) {
        HPDF_Page_SetFontAndSize(page_, font, size);
        return HPDF_Page_TextWidth(page_, text.c_str());
    }

    void put(const std::string& text, float x, float y, HPDF_Font font, float size) {
        HPDF_Page_BeginText(page_);
        HPDF_Page_SetFontAndSize(page_, font, size);
        HPDF_Page_TextOut(page_, x, y, text.c_str());
        HPDF_Page_EndText(page_);
    }

    void heading(std::string_view text, float size) {
        y_ -= size * use_.above;
        block({windows_1252(text)}, {width()}, bold_, size);
    }

    static std::vector<std::string> encoded(const std::vector<std::string>& cells) {
        std::vector<std::string> out;
        for (const auto& each : cells) {
            out.push_back(windows_1252(each));
            std::ranges::replace(out.back(), '\n', ' ');
        }
        return out;
    }

    // Between words, and inside one that is wider than the place.
    std::vector<std::string> broken(std::string_view text, float wide, HPDF_Font font, float size) {
        std::vector<std::string> out;
        HPDF_Page_SetFontAndSize(page_, font, size);
        while (!text.empty()) {
            const auto end = std::min(text.find('\n'), text.size());
            std::string rest{text.substr(0, end)};
            text.remove_prefix(std::min(end + 1, text.size()));
            do {
                HPDF_REAL real{};
                auto taken = HPDF_Page_MeasureText(page_, rest.c_str(), wide, HPDF_TRUE, &real);
                if (taken == 0) {
                    taken = HPDF_Page_MeasureText(page_, rest.c_str(), wide, HPDF_FALSE, &real);
                }
                taken = std::clamp<HPDF_UINT>(taken, 1, std::max<HPDF_UINT>(1, static_cast<HPDF_UINT>(rest.size())));
                auto line = rest.substr(0, taken);
                rest.erase(0, taken);
                line.erase(line.find_last_not_of(' ') + 1);
                out.push_back(std::move(line));
            } while (!rest.empty());
        }
        return out;
    }

    float height_of(
        const std::vector<std::string>& cells,
        const std::vector<float>& widths,
        HPDF_Font font,
        float size
    ) {
        std::size_t lines = 1;
        for (std::size_t i = 0; i < cells.size(); ++i) {
            lines = std::max(lines, broken(cells[i], place_in(widths, i), font, size).size());
        }
        return static_cast<float>(lines) * size * use_.leading;
    }

    // Between columns a gap stays free; a lone one has the whole line.
    static float place_in(const std::vector<float>& widths, std::size_t column) noexcept {
        return widths.size() == 1 ? widths[0] : widths[column] - gap_least;
    }

    // Cells beside one another, each broken into its column. A block that does not fit goes on a page
    // of its own; one higher than a page is told line by line.
    void block(
        const std::vector<std::string>& cells,
        const std::vector<float>& widths,
        HPDF_Font font,
        float size
    ) {
        std::vector<std::vector<std::string>> lines;
        std::size_t most = 0;
        for (std::size_t i = 0; i < cells.size(); ++i) {
            lines.push_back(broken(cells[i], place_in(widths, i), font, size));
            most = std::max(most, lines.back().size());
        }
        const auto high = size * use_.leading;
        const auto whole = static_cast<float>(most) * high;
        if (whole <= page_height / 2) room_for(whole);
        if (whole <= page_height / 2) {
            // Cell by cell, so that whoever takes the text out has each in one piece.
            float x = use_.margin;
            for (std::size_t i = 0; i < cells.size(); ++i) {
                for (std::size_t k = 0; k < lines[i].size(); ++k) {
                    put(lines[i][k], x, y_ - static_cast<float>(k + 1) * high, font, size);
                }
                x += widths[i];
            }
            y_ -= whole;
            return;
        }
        for (std::size_t k = 0; k < most; ++k) {
            room_for(high);
            y_ -= high;
            float x = use_.margin;
            for (std::size_t i = 0; i < cells.size(); ++i) {
                if (k < lines[i].size()) put(lines[i][k], x, y_, font, size);
                x += widths[i];
            }
        }
    }

    // As wide as its widest cell; what is left over goes between the columns. Where it is too much,
    // the widest give way until it fits.
    std::vector<float> widths_of(const paper_table& what) {
        std::vector<float> widths;
        for (std::size_t i = 0; i < what.header.size(); ++i) {
            auto widest = width_of(windows_1252(what.header[i]), bold_, use_.text_size);
            for (const auto& each : what.rows) {
                widest = std::max(
                    widest, width_of(windows_1252(each.at(i)), plain_, use_.text_size)
                );
            }
            widths.push_back(widest + gap_least + 1);  // measured again when it is broken
        }
        float sum = 0;
        for (const auto each : widths) sum += each;
        if (sum > width()) {
            auto cap = *std::ranges::max_element(widths);
            while (sum > width() && cap > gap_least * 2) {
                cap -= 1;
                sum = 0;
                for (const auto each : widths) sum += std::min(each, cap);
            }
            for (auto& each : widths) each = std::min(each, cap);
            return widths;
        }
        const auto gap = (width() - sum) / static_cast<float>(widths.size());
        for (auto& each : widths) each += gap;
        return widths;
    }

    measures use_;
    std::string running_;
    std::unique_ptr<std::remove_pointer_t<HPDF_Doc>, free_document> document_;
    HPDF_Font plain_{};
    HPDF_Font bold_{};
    HPDF_Page page_{};
    std::vector<HPDF_Page> pages_{};
    float y_{};
};

}  // namespace

std::string pdf_of(const paper& what) {
    printer to{what};
    to.title(what.title);
    for (const auto& each : what.lead) to.line(each);
    for (const auto& each : what.tables) {
        to.heading(each.title);
        for (const auto& line : each.lines) to.line(line);
        if (what.style == paper_style::easy) to.space(0.5F);
        to.table(each);
        to.list(each);
    }
    to.space(1);
    for (const auto& each : what.closing) to.line(each);
    return to.bytes();
}

}  // namespace tertulia::gateway
