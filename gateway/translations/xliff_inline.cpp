#include "gateway/translations/xliff_inline.hpp"

#include <utility>

namespace tertulia::gateway {
namespace {

constexpr std::size_t depth_max = 32;

}  // namespace

bool xliff_names::is(pugi::xml_node node, std::string_view name) const {
    std::string_view whole = node.name();
    if (!whole.starts_with(prefix_)) return false;
    whole.remove_prefix(prefix_.size());
    return whole == name;
}

pugi::xml_node xliff_names::child(pugi::xml_node of, std::string_view name) const {
    for (const auto& one : of.children()) {
        if (is(one, name)) return one;
    }
    return {};
}

inline_reader::inline_reader(
    const xliff_names& names,
    const line_index& lines,
    dialogs::findings& noted,
    std::size_t& left,
    pugi::xml_node unit
)
    : names_(names), lines_(lines), noted_(noted), left_(left) {
    for (const auto& one : names_.child(unit, "originalData").children()) {
        if (names_.is(one, "data")) data_.emplace(one.attribute("id").value(), one);
    }
}

std::optional<std::string> inline_reader::text_of(pugi::xml_node source_or_target) {
    made_.clear();
    if (!join(source_or_target, 0)) return std::nullopt;
    return std::move(made_);
}

bool inline_reader::join(pugi::xml_node of, std::size_t depth) {
    if (depth > depth_max) {
        return wrong(of, "marks within marks, more than 32 deep", "take them off");
    }
    for (const auto& one : of.children()) {
        const bool joined =
            one.type() == pugi::node_element ? join_element(one, depth) : add(one.value(), one);
        if (!joined) return false;
    }
    return true;
}

bool inline_reader::join_element(pugi::xml_node one, std::size_t depth) {
    if (names_.is(one, "cp")) return add_character(one);
    if (names_.is(one, "sm") || names_.is(one, "em")) return true;
    if (names_.is(one, "mrk")) return join(one, depth + 1);
    if (names_.is(one, "pc")) {
        return add_data(one, "dataRefStart") && join(one, depth + 1) && add_data(one, "dataRefEnd");
    }
    const bool spanning = names_.is(one, "sc") || names_.is(one, "ec");
    const bool says_what = names_.is(one, "ph") && one.attribute("dataRef");
    if (spanning || says_what) return add_data(one, "dataRef");
    return wrong(
        one,
        "a <" + std::string{one.name()} +
            "> inside a text, which says nothing of what it stands for",
        "write what is meant as plain text: names in braces as the source has them"
    );
}

bool inline_reader::add(std::string_view text, pugi::xml_node at) {
    if (text.size() > left_) {
        return wrong(at, "texts of more than 8 MiB together", "take the marks off");
    }
    left_ -= text.size();
    made_ += text;
    return true;
}

bool inline_reader::add_character(pugi::xml_node cp) {
    const std::string hex = cp.attribute("hex").value();
    if (const auto character = character_of_hex(hex)) return add(*character, cp);
    return wrong(
        cp, "<cp hex=\"" + hex + "\"/>, which is no character", "write the character itself"
    );
}

bool inline_reader::add_data(pugi::xml_node at, const char* reference) {
    const auto name = at.attribute(reference);
    if (!name) return true;
    const auto found = data_.find(name.value());
    if (found == data_.end()) {
        return wrong(
            at,
            "it refers to original data '" + std::string{name.value()} + "' the unit does not have",
            "write what is meant as plain text"
        );
    }
    for (const auto& one : found->second.children()) {
        if (names_.is(one, "cp") ? !add_character(one) : !add(one.value(), at)) return false;
    }
    return true;
}

bool inline_reader::wrong(pugi::xml_node at, std::string what, std::string mend) {
    auto placed = at;
    while (placed && placed.type() != pugi::node_element) placed = placed.parent();
    noted_.error(
        dialogs::rule::wrong_shape,
        {.line = lines_.line_at(placed.offset_debug())},
        std::move(what),
        std::move(mend)
    );
    return false;
}

}  // namespace tertulia::gateway
