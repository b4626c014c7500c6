#include "gateway/translations/xliff_file.hpp"

#include "gateway/translations/xliff_inline.hpp"
#include "gateway/translations/xml_text.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <set>
#include <string_view>
#include <utility>

#include <simdjson.h>
#include <pugixml.hpp>

namespace tertulia::gateway {
namespace {

using dialogs::rule;

constexpr std::string_view core = "urn:oasis:names:tc:xliff:document:2.0";

// One <segment>, or the <ignorable> between two.
struct part {
    std::size_t order{};
    std::string source{};
    std::string target{};
    bool translatable{};
    bool initial{};
};

class xliff_reader {
public:
    xliff_reader(const line_index& lines, dialogs::findings& noted)
        : lines_(lines), noted_(noted) {}

    // Nothing if it is not XLIFF 2 at all.
    std::optional<xliff_catalogue> run(pugi::xml_node root) {
        if (!is_xliff(root)) return std::nullopt;
        made_.line = line_of(root);
        made_.source_language = language_in(root, "srcLang");
        made_.language = language_in(root, "trgLang");
        for (const auto& one : root.children()) {
            if (names_.is(one, "file")) read_group(one, 0);
        }
        if (!seen_unit_) {
            wrong(root, "there is no <unit> in this file", "send the file back that was exported");
        }
        return std::move(made_);
    }

private:
    [[nodiscard]] int line_of(pugi::xml_node node) const {
        return lines_.line_at(node.offset_debug());
    }

    void wrong(pugi::xml_node at, std::string what, std::string mend) {
        noted_.error(rule::wrong_shape, {.line = line_of(at)}, std::move(what), std::move(mend));
    }

    bool is_xliff(pugi::xml_node root) {
        const std::string_view name = root.name();
        const auto colon = name.find(':');
        const auto prefix =
            colon == std::string_view::npos ? "" : std::string{name.substr(0, colon)};
        names_ = xliff_names{prefix.empty() ? "" : prefix + ":"};
        const auto space = root.attribute((prefix.empty() ? "xmlns" : "xmlns:" + prefix).c_str());
        const std::string version = root.attribute("version").value();
        if (!names_.is(root, "xliff")) {
            wrong(
                root,
                "this is no XLIFF file: it begins with <" + std::string{name} + ">",
                "take the file the translator's program exports as XLIFF 2.0"
            );
            return false;
        }
        // 2.1 has the same core.
        if ((version != "2.0" && version != "2.1") || space.value() != core) {
            wrong(
                root,
                "this is XLIFF '" + version + "' of '" + space.value() + "', not XLIFF 2.0",
                "have the translator's program save it as XLIFF 2.0"
            );
            return false;
        }
        return true;
    }

    std::string language_in(pugi::xml_node root, const char* name) {
        std::string made = root.attribute(name).value();
        if (made.empty()) {
            wrong(root, std::string{"<xliff> has no "} + name, "write it as it was exported");
        }
        return made;
    }

    void read_group(pugi::xml_node group, std::size_t depth) {
        constexpr std::size_t depth_max = 32;
        if (depth > depth_max) {
            wrong(group, "groups within groups, more than 32 deep", "take them apart");
            return;
        }
        for (const auto& one : group.children()) {
            if (names_.is(one, "group")) read_group(one, depth + 1);
            if (names_.is(one, "unit")) read_unit(one);
        }
    }

    void read_unit(pugi::xml_node unit) {
        seen_unit_ = true;
        inline_reader inside{names_, lines_, noted_, left_, unit};
        std::vector<part> parts;
        pugi::xml_node translated;
        for (const auto& one : unit.children()) {
            const bool segment = names_.is(one, "segment");
            if (!segment && !names_.is(one, "ignorable")) continue;
            auto read = read_part(one, parts.size() + 1, inside);
            if (!read) return;
            read->translatable = segment;
            parts.push_back(std::move(*read));
            if (!translated) translated = names_.child(one, "target");
        }
        if (parts.empty()) {
            wrong(unit, "a <unit> without a <segment>", "send the file back that was exported");
            return;
        }
        auto made = composed(unit, parts);
        if (!made) return;
        made->context = unit.attribute("name").value();
        made->line = line_of(translated ? translated : unit);
        made_.texts.push_back(std::move(*made));
    }

    std::optional<part> read_part(pugi::xml_node one, std::size_t place, inline_reader& inside) {
        const auto source = names_.child(one, "source");
        const auto target = names_.child(one, "target");
        if (!source) {
            wrong(one, "a <segment> without its <source>", "send the file back that was exported");
            return std::nullopt;
        }
        auto said = inside.text_of(source);
        if (!said) return std::nullopt;
        part made{.order = place, .source = std::move(*said)};
        if (target) {
            auto text = inside.text_of(target);
            if (!text) return std::nullopt;
            made.target = std::move(*text);
            made.order = target.attribute("order").as_uint(static_cast<unsigned>(place));
        }
        const auto state = one.attribute("state");
        constexpr std::array<std::string_view, 4> known{
            "initial", "translated", "reviewed", "final"};
        if (state && std::ranges::find(known, std::string_view{state.value()}) == known.end()) {
            wrong(
                one,
                "state '" + std::string{state.value()} + "' is none of XLIFF's",
                "write initial, translated, reviewed or final"
            );
            return std::nullopt;
        }
        made.initial = state.value() == std::string_view{"initial"};
        return made;
    }

    // A unit a segment of which is not translated is not: half a text is none. What was not to be
    // translated is as the source has it.
    std::optional<dialogs::incoming_text> composed(pugi::xml_node unit, std::vector<part>& parts) {
        dialogs::incoming_text made;
        bool whole = true;
        bool any = false;
        for (auto& one : parts) {
            made.source += one.source;
            any = any || (one.translatable && !one.target.empty());
            whole = whole && !(one.translatable && one.target.empty() && !one.source.empty());
            made.initial = made.initial || (one.translatable && one.initial);
            if (!one.translatable && one.target.empty()) one.target = one.source;
        }
        std::ranges::stable_sort(parts, {}, &part::order);
        for (std::size_t i = 0; i < parts.size(); ++i) {
            if (parts[i].order == i + 1) continue;
            wrong(
                unit,
                "the order of its targets leaves a place out or takes one twice",
                "number them as their segments, from 1"
            );
            return std::nullopt;
        }
        if (!whole || !any) return made;
        for (const auto& one : parts) made.text += one.target;
        return made;
    }

    const line_index& lines_;
    dialogs::findings& noted_;
    xliff_names names_{};
    xliff_catalogue made_{};
    std::size_t left_{xliff_bytes_max};
    bool seen_unit_{};
};

bool sound_bytes(const dialogs::source_file& file, dialogs::findings& noted) {
    if (file.text.size() > xliff_bytes_max) {
        noted.error(rule::too_large, {}, "this file has more than 8 MiB");
        return false;
    }
    if (file.text.find('\0') != std::string::npos || !simdjson::validate_utf8(file.text)) {
        noted.error(rule::not_utf8, {}, "this file is not UTF-8", "save it as UTF-8");
        return false;
    }
    return true;
}

bool says_utf8(pugi::xml_node document, dialogs::findings& noted) {
    std::string encoding;
    for (const auto& one : document.children()) {
        if (one.type() == pugi::node_declaration) encoding = one.attribute("encoding").value();
    }
    std::ranges::transform(encoding, encoding.begin(), [](unsigned char letter) {
        return static_cast<char>(std::tolower(letter));
    });
    if (encoding.empty() || encoding == "utf-8" || encoding == "us-ascii") return true;
    noted.error(
        rule::not_utf8,
        {.line = 1},
        "this file says that it is encoded as " + encoding,
        "save it as UTF-8"
    );
    return false;
}

bool has_one_root(pugi::xml_node document, const line_index& lines, dialogs::findings& noted) {
    bool seen = false;
    for (const auto& one : document.children()) {
        if (one.type() != pugi::node_element) continue;
        if (seen) {
            noted.error(
                rule::wrong_shape,
                {.line = lines.line_at(one.offset_debug())},
                "there is a second file behind the first",
                "keep one of them"
            );
            return false;
        }
        seen = true;
    }
    return true;
}

// An id of XML's kind, which '|' and '+' do not belong to; the context itself is the unit's name.
std::string id_for(const std::string& context, std::set<std::string>& taken) {
    std::string made = context;
    for (auto& letter : made) {
        if (letter == '|') letter = ':';
        const bool fits = std::isalnum(static_cast<unsigned char>(letter)) != 0 || letter == '.' ||
                          letter == '-' || letter == '_' || letter == ':';
        if (!fits) letter = '_';
    }
    auto unique = made.empty() ? "_" : made;
    for (int i = 2; !taken.insert(unique).second; ++i) unique = made + "-" + std::to_string(i);
    return unique;
}

// Texts are escaped by us: pugixml's own leaves a carriage return as it is, and a reader then makes
// a line break of it.
void append_text(pugi::xml_node to, const char* name, const std::string& escaped) {
    to.append_child(name).append_child(pugi::node_pcdata).set_value(escaped.c_str());
}

void append_unit(pugi::xml_node file, const xliff_text& one, const std::string& id) {
    const auto preserved = [](pugi::xml_node to, const char* name, const std::string& text) {
        append_text(to, name, xml_content(text));
        to.last_child().append_attribute("xml:space") = "preserve";
    };
    auto unit = file.append_child("unit");
    unit.append_attribute("id") = id.c_str();
    unit.append_attribute("name") = xml_plain(one.context).c_str();
    if (!one.notes.empty()) {
        auto notes = unit.append_child("notes");
        for (const auto& note : one.notes) append_text(notes, "note", xml_plain(note));
    }
    auto segment = unit.append_child("segment");
    if (!one.text.empty()) {
        segment.append_attribute("state") = one.stale ? "initial" : "translated";
        if (one.stale) segment.append_attribute("subState") = "tertulia:stale";
    }
    preserved(segment, "source", one.source);
    if (!one.text.empty()) preserved(segment, "target", one.text);
}

struct string_writer : pugi::xml_writer {
    std::string made{};
    void write(const void* bytes, std::size_t size) override {
        made.append(static_cast<const char*>(bytes), size);
    }
};

}  // namespace

std::optional<xliff_catalogue> read_xliff(
    const dialogs::source_file& file, std::vector<dialogs::diagnostic>& problems
) {
    dialogs::findings noted{file.path, problems};
    const auto before = problems.size();
    const line_index lines{file.text};
    if (!sound_bytes(file, noted) || !sound_xml(file.text, lines, noted)) return std::nullopt;
    pugi::xml_document document;
    const auto parsed = document.load_buffer(
        file.text.data(),
        file.text.size(),
        pugi::parse_default | pugi::parse_ws_pcdata | pugi::parse_declaration,
        pugi::encoding_utf8
    );
    if (!parsed) {
        noted.error(
            rule::wrong_shape,
            {.line = lines.line_at(parsed.offset)},
            std::string{"this is no XLIFF file: "} + parsed.description(),
            "save it again with the translator's program"
        );
        return std::nullopt;
    }
    if (!says_utf8(document, noted) || !has_one_root(document, lines, noted)) return std::nullopt;
    auto made = xliff_reader{lines, noted}.run(document.document_element());
    if (problems.size() != before) return std::nullopt;
    return made;
}

std::string to_xliff(
    const std::vector<xliff_text>& texts,
    const std::string& language,
    const std::string& source_language
) {
    pugi::xml_document document;
    auto declaration = document.append_child(pugi::node_declaration);
    declaration.append_attribute("version") = "1.0";
    declaration.append_attribute("encoding") = "UTF-8";
    auto root = document.append_child("xliff");
    root.append_attribute("xmlns") = std::string{core}.c_str();
    root.append_attribute("version") = "2.0";
    root.append_attribute("srcLang") = source_language.c_str();
    root.append_attribute("trgLang") = language.c_str();
    auto file = root.append_child("file");
    file.append_attribute("id") = "messages";
    std::set<std::string> taken;
    for (const auto& one : texts) append_unit(file, one, id_for(one.context, taken));
    string_writer out;
    document.save(out, "  ", pugi::format_indent | pugi::format_no_escapes, pugi::encoding_utf8);
    return std::move(out.made);
}

}  // namespace tertulia::gateway
