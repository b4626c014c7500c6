// What editors are told and what the readers take is the same.

#include "gateway/commands/schema_text.hpp"

#include "dialogs/rehearsal/test_source.hpp"
#include "dialogs/script/dialog_shapes.hpp"
#include "dialogs/script/duration.hpp"
#include "tests/source_folder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <yaml-cpp/yaml.h>
#include <nlohmann/json.hpp>
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validation_results.hpp>
#include <valijson/validator.hpp>

#include <filesystem>
#include <fstream>
#include <regex>
#include <sstream>
#include <string>
#include <vector>

namespace tertulia::gateway {
namespace {

namespace fs = std::filesystem;

const fs::path config_folder{testing_files::source_folder() / "config"};

std::string text_of(const fs::path& file) {
    std::ifstream in{file};
    std::ostringstream text;
    text << in.rdbuf();
    return std::move(text).str();
}

std::vector<fs::path> files_of(const std::string& kind) {
    if (kind == "config") return {config_folder / "tertulia.yaml"};
    if (kind == "lint") return {config_folder / "lint.yaml"};
    if (kind == "cases") return {config_folder / "dialogs" / "cases.yaml"};
    if (kind == "hardship") return {config_folder / "dialogs" / "hardship.yaml"};
    if (kind == "referrals") return {config_folder / "dialogs" / "referrals.yaml"};
    if (kind == "products") return {config_folder / "dialogs" / "products.yaml"};
    if (kind == "places") return {config_folder / "dialogs" / "places.yaml"};
    if (kind == "limits") return {config_folder / "nudges" / "limits.yaml"};
    if (kind == "moderation") return {config_folder / "meetings" / "moderation.yaml"};
    if (kind == "lines") {
        return {config_folder / "meetings" / "lines.es.yaml", config_folder / "meetings" / "lines.en.yaml",
                config_folder / "meetings" / "lines.fr.yaml"};
    }
    if (kind == "migration") return {};  // the shipped set has none
    const auto folder = kind == "messages"  ? config_folder / "messages"
                        : kind == "phrases" ? config_folder / "dialogs" / "phrases"
                        : kind == "nudges"  ? config_folder / "nudges"
                        : kind == "meetings" ? config_folder / "meetings"
                        : kind == "test"    ? config_folder / "dialogs" / "tests"
                                            : config_folder / "dialogs";
    std::vector<fs::path> all;
    for (const auto& entry : fs::directory_iterator{folder}) {
        const auto& file = entry.path();
        if (file.extension() == ".yaml" && file.filename() != "places.yaml" &&
            file.filename() != "moderation.yaml" && !file.filename().string().starts_with("lines.") &&
            file.filename() != "cases.yaml" && file.filename() != "products.yaml" &&
            file.filename() != "limits.yaml" && file.filename() != "hardship.yaml" && file.filename() != "referrals.yaml") all.push_back(file);
    }
    std::ranges::sort(all);
    return all;
}

// Every scalar as the text it is to us.
nlohmann::json as_json(const YAML::Node& node) {
    if (node.IsNull()) return nullptr;
    if (node.IsScalar()) return node.Scalar();
    if (node.IsSequence()) {
        auto list = nlohmann::json::array();
        for (const auto& item : node) list.push_back(as_json(item));
        return list;
    }
    auto map = nlohmann::json::object();
    for (const auto& entry : node) map[entry.first.Scalar()] = as_json(entry.second);
    return map;
}

// Empty when it is valid.
class judge {
public:
    explicit judge(const std::string& kind) : text_(nlohmann::json::parse(schema_text(kind))) {
        valijson::adapters::NlohmannJsonAdapter adapter{text_};
        valijson::SchemaParser{}.populateSchema(adapter, schema_);
    }
    std::string of(const YAML::Node& file) {
        const auto target = as_json(file);
        // An editor tells "5" from 5; to the reader both are texts.
        valijson::Validator validator{valijson::Validator::kWeakTypes};
        valijson::ValidationResults found;
        const valijson::adapters::NlohmannJsonAdapter adapter{target};
        if (validator.validate(schema_, adapter, &found)) return {};
        std::string all;
        valijson::ValidationResults::Error one;
        while (found.popError(one)) {
            for (const auto& part : one.context) all += part;
            all += ": " + one.description + "\n";
        }
        return all.empty() ? "invalid" : all;
    }

private:
    nlohmann::json text_;
    valijson::Schema schema_{};
};

TEST(schema, what_lies_in_the_folder_is_what_the_program_prints) {
    for (const auto& kind : schema_kinds()) {
        EXPECT_EQ(text_of(config_folder / "schema" / (kind + ".schema.json")), schema_text(kind))
            << "tertulia schema " << kind << " > config/schema/" << kind << ".schema.json";
    }
}

TEST(schema, every_file_we_ship_is_valid) {
    for (const auto& kind : schema_kinds()) {
        judge judge{kind};
        const auto files = files_of(kind);
        EXPECT_TRUE(kind == "migration" || !files.empty()) << kind;
        for (const auto& file : files) {
            EXPECT_EQ(judge.of(YAML::LoadFile(file)), "") << file;
        }
    }
}

// Every map below, the outermost first, but those whose keys the compiler judges.
void maps_below(const YAML::Node& node, std::vector<YAML::Node>& into) {
    if (node.IsMap()) into.push_back(node);
    for (const auto& entry : node) {
        if (!node.IsMap()) {
            maps_below(entry, into);
        } else if (entry.first.Scalar() != "set" && entry.first.Scalar() != "when") {
            maps_below(entry.second, into);
        }
    }
}

bool reader_takes(const std::string& name, const YAML::Node& file) {
    YAML::Emitter text;
    text << file;
    std::vector<dialogs::diagnostic> problems;
    dialogs::findings noted{name, problems};
    static_cast<void>(dialogs::read_dialog({name, std::string{text.c_str()} + "\n"}, noted));
    return problems.empty();
}

TEST(schema, a_key_too_many_or_too_few_is_refused_where_the_reader_refuses_it) {
    judge judge{"dialog"};
    int refused = 0;
    // A few of many verbs: each change is judged twice.
    for (const auto* name : {"apply", "balance", "core_back", "pay_report", "verify", "welcome"}) {
        const auto path = config_folder / "dialogs" / (std::string{name} + ".yaml");
        const auto whole = YAML::LoadFile(path);
        ASSERT_TRUE(reader_takes(path, whole)) << path;
        std::vector<YAML::Node> maps;
        maps_below(whole, maps);
        for (std::size_t i = 0; i < maps.size(); ++i) {
            auto broken = YAML::Clone(whole);
            std::vector<YAML::Node> parts;
            maps_below(broken, parts);
            parts[i]["Zz"] = "x";
            EXPECT_FALSE(reader_takes(path, broken)) << path << '\n' << broken;
            EXPECT_NE(judge.of(broken), "") << path << '\n' << broken;
            ++refused;
            for (const auto& key : maps[i]) {
                auto poorer = YAML::Clone(whole);
                std::vector<YAML::Node> rest;
                maps_below(poorer, rest);
                rest[i].remove(key.first.Scalar());
                // The editor may take what the reader does not, never the other way round.
                if (judge.of(poorer).empty()) continue;
                EXPECT_FALSE(reader_takes(path, poorer)) << path << '\n' << poorer;
            }
        }
    }
    EXPECT_GT(refused, 60);
}

TEST(schema, patterns_take_what_the_readers_take) {
    const std::regex name{"^(?:" + dialogs::name_pattern() + ")$"};
    for (const auto* text : {"a", "pay_2", "Pay", "2pay", "pay-2", "", "a.b", "ñ"}) {
        EXPECT_EQ(std::regex_match(text, name), dialogs::is_name(text)) << text;
    }
    const std::regex key{"^(?:" + dialogs::message_key_pattern() + ")$"};
    for (const auto* text : {"a", "a.b", "a.b_2.c", "a.", ".a", "a..b", "A.b"}) {
        EXPECT_EQ(std::regex_match(text, key), dialogs::is_message_key(text)) << text;
    }
    const std::regex duration{"^(?:" + dialogs::duration_pattern() + ")$"};
    for (const auto* text : {"30 min", "2 h", "3days", "1 week", "soon", "3", "3 d", "-1 h"}) {
        EXPECT_EQ(std::regex_match(text, duration), dialogs::parse_duration(text).has_value())
            << text;
    }
}

TEST(schema, every_key_is_explained) {
    for (const auto& kind : schema_kinds()) {
        const auto schema = json_schema(kind);
        for (const auto& [name, shape] : schema.at("definitions").items()) {
            if (!shape.contains("properties")) continue;
            for (const auto& [key, value] : shape.at("properties").items()) {
                EXPECT_GT(value.at("description").get<std::string>().size(), 4U)
                    << kind << ' ' << name << ' ' << key;
            }
        }
    }
}

}  // namespace
}  // namespace tertulia::gateway
