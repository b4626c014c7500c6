#include "dialogs/script/template_reader.hpp"

#include "dialogs/script/words_shapes.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

namespace tertulia::dialogs {
namespace {

// Meta's.
constexpr std::size_t name_length_max = 512;
constexpr std::size_t template_buttons_max = 10;
constexpr std::string_view too_many_spaces = "     ";

bool is_small(char letter) noexcept { return letter >= 'a' && letter <= 'z'; }
bool is_big(char letter) noexcept { return letter >= 'A' && letter <= 'Z'; }
bool is_digit(char letter) noexcept { return letter >= '0' && letter <= '9'; }
bool is_of_name(char letter) noexcept {
    return is_small(letter) || is_digit(letter) || letter == '_';
}

bool is_template_name(std::string_view name) noexcept {
    return !name.empty() && name.size() <= name_length_max &&
           std::all_of(name.begin(), name.end(), is_of_name);
}

// "es", "fil", "es_GT".
bool is_language_code(std::string_view code) noexcept {
    const auto end = std::min(code.find('_'), code.size());
    const auto base = code.substr(0, end);
    const auto rest = code.substr(end);
    return (base.size() == 2 || base.size() == 3) &&
           std::all_of(base.begin(), base.end(), is_small) &&
           (rest.empty() ||
            (rest.size() == 3 && std::all_of(rest.begin() + 1, rest.end(), is_big)));
}

class approved_reader {
public:
    approved_reader(const std::string& key, findings& noted) : key_(key), noted_(noted) {}

    std::optional<template_source> read(const yaml_entry& entry) {
        if (entry.value.scalar()) {
            take_name(entry.value);
        } else if (!entry.value.map()) {
            noted_.error(
                rule::wrong_shape,
                entry.value.at,
                "the template of '" + key_ + "' needs a name",
                example
            );
        } else {
            read_map(entry);
        }
        if (made_.name.empty()) return std::nullopt;
        return std::move(made_);
    }

private:
    static constexpr const char* example =
        "template: {name: visit_reminder, body: [\"{client.first_name}\"]}";

    void read_map(const yaml_entry& entry) {
        for (const auto& part : entry.value.entries) {
            if (part.key == "name") {
                take_name(part.value);
            } else if (part.key == "category") {
                take_category(part.value);
            } else if (part.key == "language") {
                take_language(part.value);
            } else if (part.key == "header") {
                take_text({}, part.value, made_.header);
            } else if (part.key == "body") {
                take_body(part);
            } else if (part.key == "buttons") {
                take_buttons(part);
            } else {
                noted_.error(
                    rule::unknown_key,
                    part.at,
                    "a template has no '" + part.key + "'",
                    mend_for(part.key, template_shape().names())
                );
            }
        }
        if (entry.value.find("name") != nullptr) return;
        noted_.error(
            rule::missing_key,
            entry.at,
            "the template of '" + key_ + "' needs a name",
            "name: is the one it was approved by"
        );
    }

    void take_name(const yaml_node& name) {
        made_.line = name.at.line;
        made_.column = name.at.column;
        if (name.scalar() && is_template_name(name.text)) {
            made_.name = name.text;
            return;
        }
        bad(name.at,
            "'" + name.text + "' cannot be the name of a template",
            "the provider takes small letters, digits and _, 512 at most");
    }

    void take_category(const yaml_node& category) {
        if (category.text == "marketing") {
            made_.category = template_category::marketing;
        } else if (category.text != "utility") {
            noted_.error(
                rule::wrong_value,
                category.at,
                "a template is of the category utility or marketing",
                mend_for(category.text, template_category_words())
            );
        }
    }

    void take_language(const yaml_node& code) {
        made_.language = code.text;
        if (is_language_code(code.text)) return;
        bad(code.at,
            "'" + code.text + "' is no language of a template",
            "write it as the provider does: es, es_GT, pt_BR");
    }

    void take_text(std::string name, const yaml_node& text, std::vector<template_text_source>& to) {
        if (!text.scalar() || text.text.find_first_not_of(" \t\n") == std::string::npos) {
            bad(text.at, "a gap of a template needs a text", "such as \"{client.first_name}\"");
            return;
        }
        if (text.text.find_first_of("\t\n") != std::string::npos ||
            text.text.find(too_many_spaces) != std::string::npos) {
            bad(text.at,
                "what stands in a gap of a template has no line breaks, tabs or five spaces",
                "break lines in the template itself");
        }
        to.push_back(
            {.name = std::move(name),
             .pattern = text.text,
             .line = text.at.line,
             .column = text.at.column}
        );
    }

    // A list for numbered gaps, a map for named ones.
    void take_body(const yaml_entry& body) {
        if (body.value.list()) {
            for (const auto& one : body.value.items) take_text({}, one, made_.body);
        } else if (body.value.map()) {
            for (const auto& one : body.value.entries) {
                const bool fine = std::all_of(one.key.begin(), one.key.end(), is_of_name) &&
                                  is_small(one.key.front());
                if (!fine) {
                    bad(one.at,
                        "'" + one.key + "' cannot be the name of a gap",
                        "the provider takes small letters, digits and _");
                }
                take_text(one.key, one.value, made_.body);
            }
        } else {
            noted_.error(
                rule::wrong_shape,
                body.value.at,
                "'body' is a list of what stands in {{1}}, {{2}}…, or names and what stands in "
                "them",
                "body: [\"{client.first_name}\"]"
            );
        }
    }

    void take_buttons(const yaml_entry& buttons) {
        if (!buttons.value.list() || buttons.value.items.empty()) {
            noted_.error(
                rule::wrong_shape,
                buttons.value.at,
                "'buttons' is a list of choices, in the order of the template's quick replies",
                "buttons: [yes, no]"
            );
            return;
        }
        for (const auto& one : buttons.value.items) {
            const bool twice =
                std::any_of(made_.buttons.begin(), made_.buttons.end(), [&](const auto& earlier) {
                    return earlier.pick == one.text;
                });
            if (!one.scalar() || one.text.empty()) {
                bad(one.at, "a button of a template needs the name of a choice", {});
            } else if (twice) {
                bad(one.at, "two buttons of the template choose '" + one.text + "'", {});
            } else {
                made_.buttons.push_back(
                    {.pick = one.text, .line = one.at.line, .column = one.at.column}
                );
            }
        }
        if (made_.buttons.size() <= template_buttons_max) return;
        bad(buttons.at,
            "a template has at most 10 buttons, not " + std::to_string(made_.buttons.size()),
            {});
    }

    void bad(place at, std::string what, std::string mend) {
        noted_.error(rule::bad_template, at, std::move(what), std::move(mend));
    }

    const std::string& key_;
    findings& noted_;
    template_source made_{};
};

}  // namespace

std::optional<template_source> read_template(
    const std::string& key, const yaml_entry& entry, findings& noted
) {
    return approved_reader(key, noted).read(entry);
}

}  // namespace tertulia::dialogs
