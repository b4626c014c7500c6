#include "gateway/commands/schema_text.hpp"

#include "dialogs/rehearsal/test_shapes.hpp"
#include "dialogs/script/cases_reader.hpp"
#include "dialogs/script/dialog_shapes.hpp"
#include "dialogs/script/hardship_reader.hpp"
#include "dialogs/script/meetings_reader.hpp"
#include "dialogs/script/migration.hpp"
#include "dialogs/script/moderation_reader.hpp"
#include "dialogs/script/nudges_reader.hpp"
#include "dialogs/script/places_reader.hpp"
#include "dialogs/script/products.hpp"
#include "dialogs/script/referral_rules.hpp"
#include "dialogs/script/sorted_lines_reader.hpp"
#include "dialogs/script/words_shapes.hpp"
#include "gateway/config/config_shapes.hpp"

#include <boost/assert.hpp>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace tertulia::gateway {
namespace {

using ordered_json = nlohmann::ordered_json;
using dialogs::map_shape;
using dialogs::value_shape;
using form = value_shape::form;

struct schema_kind {
    std::string name{};
    std::string title{};
    value_shape shape{};
};

const std::vector<schema_kind>& schema_table() {
    static const std::vector<schema_kind> all{
        {"cases", "Kinds of cases: dialogs/cases.yaml", dialogs::a_map(dialogs::case_kinds_shape)},
        {"config", "tertulia.yaml", dialogs::a_map(config_shape)},
        {"dialog", "A dialog: dialogs/NAME.yaml", dialogs::a_map(dialogs::dialog_shape)},
        {"hardship",
         "What can be done for who cannot pay: dialogs/hardship.yaml",
         dialogs::a_map(dialogs::hardship_shape)},
        {"migration",
         "What becomes of talks under way: dialogs/migration.yaml",
         dialogs::a_map(dialogs::migration_shape)},
        {"messages",
         "What we say in one language: messages/LANGUAGE.yaml",
         dialogs::a_map(dialogs::messages_shape)},
        {"places",
         "The places people name: dialogs/places.yaml",
         dialogs::a_map(dialogs::places_shape)},
        {"products",
         "What may be applied for: dialogs/products.yaml",
         dialogs::a_map(dialogs::products_shape)},
        {"referrals",
         "What a recommendation earns: dialogs/referrals.yaml",
         dialogs::a_map(dialogs::referral_rules_shape)},
        {"phrases",
         "What people say, by intent: dialogs/phrases/LANGUAGE.yaml",
         dialogs::a_map(dialogs::phrases_shape)},
        {"nudges", "When we speak first: nudges/NAME.yaml", dialogs::a_map(dialogs::nudge_policy_shape)},
        {"limits",
         "What stands above every policy: nudges/limits.yaml",
         dialogs::a_map(dialogs::nudge_limits_shape)},
        {"meetings",
         "How village banks meet: meetings/NAME.yaml",
         dialogs::a_map(dialogs::agenda_shape)},
        {"moderation",
         "What is listened for in meetings: meetings/moderation.yaml",
         dialogs::a_map(dialogs::moderation_shape)},
        {"lines",
         "Lines of meetings, sorted for the moderation to learn from: meetings/lines*.yaml",
         dialogs::a_map(dialogs::sorted_lines_shape)},
        {"test", "What must stay true: dialogs/tests/NAME.test.yaml", dialogs::tests_shape()},
        {"lint", "How our texts should not sound: lint.yaml", dialogs::a_map(dialogs::lint_shape)}};
    return all;
}

std::string whole(const std::string& pattern) {
    return "^(?:" + pattern + ")$";
}

class writer {
public:
    explicit writer(const schema_kind& of) {
        out_["$schema"] = "http://json-schema.org/draft-07/schema#";
        out_["title"] = of.title;
        out_["description"] = "For editors. `tertulia check` is the judge.";
        out_.update(value(of.shape));
        out_["definitions"] = std::move(definitions_);
    }
    ordered_json take() { return std::move(out_); }

private:
    ordered_json value(const value_shape& of) {
        switch (of.is) {
            case form::text:
                return text(of);
            case form::word:
                return word(of);
            case form::whole:
                return {{"type", "integer"}, {"minimum", of.least}, {"maximum", of.most}};
            case form::truth:
                return {{"type", "boolean"}};
            case form::nothing:
                return {{"type", "null"}};
            case form::list:
                return {
                    {"type", "array"},
                    {"items", value(of.parts.front())},
                    {"minItems", of.least},
                    {"maxItems", of.most}};
            case form::entries:
                return entries(of.pattern, value(of.parts.front()));
            case form::map:
                define(of.map());
                return {{"$ref", "#/definitions/" + of.map().name}};
            case form::either: {
                ordered_json any = ordered_json::array();
                for (const auto& part : of.parts) any.push_back(value(part));
                return {{"anyOf", std::move(any)}};
            }
        }
        return {};
    }

    // A plain 500 or no is a text to us, and a number or a truth to an editor.
    static ordered_json text(const value_shape& of) {
        ordered_json made{{"type", {"string", "number", "boolean"}}};
        if (!of.pattern.empty()) made["pattern"] = whole(of.pattern);
        return made;
    }

    static ordered_json word(const value_shape& of) {
        ordered_json words = ordered_json::array();
        for (const auto& one : of.words) {
            if (one == "true" || one == "false") words.push_back(one == "true");
            words.push_back(one);
        }
        return {{"enum", std::move(words)}};
    }

    static ordered_json entries(const std::string& names, ordered_json of) {
        ordered_json made{{"type", "object"}, {"minProperties", 1}};
        if (!names.empty()) made["propertyNames"] = {{"pattern", whole(names)}};
        made["additionalProperties"] = std::move(of);
        return made;
    }

    void define(const map_shape& of) {
        if (definitions_.contains(of.name)) return;
        definitions_[of.name] = ordered_json{};  // it may hold itself
        ordered_json made{{"type", "object"}};
        ordered_json properties = ordered_json::object();
        ordered_json needed = ordered_json::array();
        for (const auto& key : of.keys) {
            auto one = value(key.value);
            // Beside a $ref an editor would not read it.
            if (one.contains("$ref")) one = {{"allOf", ordered_json::array({std::move(one)})}};
            one["description"] = key.about;
            properties[key.key] = std::move(one);
            if (key.is == dialogs::need::must) needed.push_back(key.key);
        }
        if (!properties.empty()) made["properties"] = std::move(properties);
        if (!of.pattern.empty()) made["patternProperties"] = {{whole(of.pattern), value(of.other)}};
        made["additionalProperties"] = false;
        if (!needed.empty()) made["required"] = std::move(needed);
        definitions_[of.name] = std::move(made);
    }

    ordered_json out_{};
    ordered_json definitions_ = ordered_json::object();
};

}  // namespace

std::vector<std::string> schema_kinds() {
    std::vector<std::string> names;
    for (const auto& one : schema_table()) names.push_back(one.name);
    return names;
}

nlohmann::ordered_json json_schema(std::string_view kind) {
    const auto found = std::ranges::find(schema_table(), kind, &schema_kind::name);
    BOOST_ASSERT(found != schema_table().end());
    return writer{*found}.take();
}

std::string schema_text(std::string_view kind) {
    return json_schema(kind).dump(2) + "\n";
}

}  // namespace tertulia::gateway
