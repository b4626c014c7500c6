// One mapping of the config file: typed reads that note every mistake instead of stopping at one.

#pragma once

#include "dialogs/script/diagnostic.hpp"
#include "dialogs/script/shape.hpp"
#include "gateway/config/config.hpp"

#include <yaml-cpp/yaml.h>

#include <string>
#include <string_view>
#include <vector>

namespace tertulia::gateway {

// What the reads of one file share.
struct reading {
    const std::filesystem::path& file;
    const environment& env;
    std::vector<dialogs::diagnostic>& problems;

    void problem(
        dialogs::rule breaks, const YAML::Node& at, std::string what, std::string mend = {}
    ) const;
};

class yaml_section {
public:
    // `shape`: the keys it may have; only these may be asked for. It outlives this.
    yaml_section(
        const reading& shared, YAML::Node node, std::string name, const dialogs::map_shape& shape
    );

    // The scalar with ${…} replaced; `fallback` if absent.
    [[nodiscard]] std::string text(std::string_view key, std::string fallback = {});
    // The same, and a problem if it is absent or empty, with what the shape says about it.
    [[nodiscard]] std::string required(std::string_view key);
    [[nodiscard]] bool flag(std::string_view key, bool fallback);
    // Within [least, most], else a problem and `fallback`.
    [[nodiscard]] std::int64_t number(
        std::string_view key, std::int64_t fallback, std::int64_t least, std::int64_t most
    );
    [[nodiscard]] std::vector<std::string> texts(std::string_view key);  // a list or one scalar
    [[nodiscard]] YAML::Node child(std::string_view key);

    // Reports every key that its shape has not, with the nearest one that exists.
    void refuse_unknown_keys();
    [[nodiscard]] YAML::Node place(std::string_view key) const;  // the value, or the section itself
    // "KEY: what the shape says about it", as the mend of a mistake.
    [[nodiscard]] std::string about(std::string_view key) const;

private:
    [[nodiscard]] std::string expand(const YAML::Node& scalar);

    const reading& shared_;
    YAML::Node node_;
    std::string name_;
    const dialogs::map_shape& shape_;
    std::vector<std::string> known_;
};

}  // namespace tertulia::gateway
