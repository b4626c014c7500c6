// The text of a <source> or <target>: what translators' programs mark in it is taken off again.

#pragma once

#include "dialogs/script/yaml_tree.hpp"
#include "gateway/translations/xml_text.hpp"

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include <pugixml.hpp>

namespace tertulia::gateway {

// Local names of one namespace: "unit", in a file that says <x:xliff xmlns:x=…> "x:unit".
class xliff_names {
public:
    explicit xliff_names(std::string prefix = {}) : prefix_(std::move(prefix)) {}
    [[nodiscard]] const std::string& prefix() const noexcept { return prefix_; }
    [[nodiscard]] bool is(pugi::xml_node node, std::string_view name) const;
    [[nodiscard]] pugi::xml_node child(pugi::xml_node of, std::string_view name) const;

private:
    std::string prefix_;  // with its colon, or empty
};

// Joins text: <mrk> and <pc> are what they hold, <cp> is its character, what stands for original
// data (`dataRef`) is that data. All else inside a text is an error.
class inline_reader {
public:
    // `left` is how many bytes all texts of the file may still have.
    inline_reader(
        const xliff_names& names,
        const line_index& lines,
        dialogs::findings& noted,
        std::size_t& left,
        pugi::xml_node unit
    );

    // Nothing, and why among the findings, if it is not a plain text in the end.
    [[nodiscard]] std::optional<std::string> text_of(pugi::xml_node source_or_target);

private:
    bool join(pugi::xml_node of, std::size_t depth);
    bool join_element(pugi::xml_node one, std::size_t depth);
    bool add(std::string_view text, pugi::xml_node at);
    bool add_character(pugi::xml_node cp);
    bool add_data(pugi::xml_node at, const char* reference);
    bool wrong(pugi::xml_node at, std::string what, std::string mend);

    const xliff_names& names_;
    const line_index& lines_;
    dialogs::findings& noted_;
    std::size_t& left_;
    std::map<std::string_view, pugi::xml_node> data_{};  // the unit's original data, by id
    std::string made_{};
};

}  // namespace tertulia::gateway
