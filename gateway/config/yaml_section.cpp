#include "gateway/config/yaml_section.hpp"

#include <boost/assert.hpp>

#include <algorithm>
#include <charconv>
#include <fstream>
#include <set>
#include <sstream>

namespace tertulia::gateway {

void reading::problem(
    dialogs::rule breaks, const YAML::Node& at, std::string what, std::string mend
) const {
    const auto mark = at.Mark();
    problems.push_back({
        .breaks = breaks,
        .level = dialogs::row_of(breaks).level,
        .file = file.string(),
        .line = mark.line + 1,
        .column = mark.column + 1,
        .what = std::move(what),
        .mend = std::move(mend),
    });
}

yaml_section::yaml_section(
    const reading& shared, YAML::Node node, std::string name, const dialogs::map_shape& shape
)
    : shared_{shared},
      node_{std::move(node)},
      name_{std::move(name)},
      shape_{shape},
      known_{shape.names()} {
    if (node_ && !node_.IsNull() && !node_.IsMap()) {
        shared_.problem(
            dialogs::rule::wrong_shape,
            node_,
            "'" + name_ + "' must be a list of 'key: value' lines"
        );
        node_ = YAML::Node{};
    }
}

YAML::Node yaml_section::child(std::string_view key) {
    BOOST_ASSERT(std::ranges::find(known_, key) != known_.end());
    if (!node_ || !node_.IsMap()) return YAML::Node{YAML::NodeType::Undefined};
    return node_[std::string{key}];
}

YAML::Node yaml_section::place(std::string_view key) const {
    if (node_ && node_.IsMap()) {
        if (auto found = node_[std::string{key}]) return found;
    }
    return node_;
}

std::string yaml_section::about(std::string_view key) const {
    const auto found = std::ranges::find(shape_.keys, key, &dialogs::key_shape::key);
    if (found == shape_.keys.end() || found->about.empty()) return {};
    return std::string{key} + ": " + found->about;
}

// ${NAME}, ${NAME:-default} and ${file:PATH}; "$${" stands for a literal "${".
std::string yaml_section::expand(const YAML::Node& scalar) {
    const std::string raw = scalar.Scalar();
    std::string out;
    for (std::size_t at = 0; at < raw.size();) {
        if (raw.compare(at, 3, "$${") == 0) {
            out += "${";
            at += 3;
            continue;
        }
        if (raw.compare(at, 2, "${") != 0) {
            out += raw[at++];
            continue;
        }
        const auto end = raw.find('}', at);
        if (end == std::string::npos) {
            shared_.problem(
                dialogs::rule::wrong_value, scalar, "'${' is not closed", "write '${NAME}'"
            );
            return out;
        }
        const std::string inside = raw.substr(at + 2, end - at - 2);
        at = end + 1;
        if (inside.starts_with("file:")) {
            auto path = std::filesystem::path{inside.substr(5)};
            if (path.is_relative()) path = shared_.file.parent_path() / path;
            std::ifstream in{path};
            if (!in) {
                shared_.problem(
                    dialogs::rule::unreadable,
                    scalar,
                    "cannot read the file " + path.string(),
                    "create it, or check its permissions"
                );
                continue;
            }
            std::ostringstream content;
            content << in.rdbuf();
            auto text = std::move(content).str();
            while (!text.empty() && (text.back() == '\n' || text.back() == '\r')) text.pop_back();
            out += text;
            continue;
        }
        const auto split = inside.find(":-");
        const auto name = inside.substr(0, split);
        if (const auto value = shared_.env(name)) {
            out += *value;
        } else if (split != std::string::npos) {
            out += inside.substr(split + 2);
        } else {
            shared_.problem(
                dialogs::rule::unset_variable,
                scalar,
                "the environment variable " + name + " is not set",
                "set it, or write '${" + name + ":-default}'"
            );
        }
    }
    return out;
}

std::string yaml_section::text(std::string_view key, std::string fallback) {
    const auto node = child(key);
    if (!node || node.IsNull()) return fallback;
    if (!node.IsScalar()) {
        shared_.problem(
            dialogs::rule::wrong_shape, node, "'" + std::string{key} + "' must be one value"
        );
        return fallback;
    }
    return expand(node);
}

std::string yaml_section::required(std::string_view key) {
    auto value = text(key);
    if (value.empty()) {
        shared_.problem(
            dialogs::rule::missing_key,
            place(key),
            name_ + " needs '" + std::string{key} + "'",
            about(key)
        );
    }
    return value;
}

bool yaml_section::flag(std::string_view key, bool fallback) {
    const auto value = text(key, fallback ? "true" : "false");
    if (value == "true") return true;
    if (value != "false") {
        shared_.problem(
            dialogs::rule::wrong_value,
            place(key),
            "'" + std::string{key} + "' must be true or false"
        );
    }
    return false;
}

std::int64_t yaml_section::number(
    std::string_view key, std::int64_t fallback, std::int64_t least, std::int64_t most
) {
    const auto value = text(key);
    if (value.empty()) return fallback;
    std::int64_t parsed{};
    const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), parsed);
    if (error != std::errc{} || end != value.data() + value.size() || parsed < least ||
        parsed > most) {
        shared_.problem(
            dialogs::rule::wrong_value,
            place(key),
            "'" + std::string{key} + "' must be a whole number from " + std::to_string(least) +
                " to " + std::to_string(most)
        );
        return fallback;
    }
    return parsed;
}

std::vector<std::string> yaml_section::texts(std::string_view key) {
    const auto node = child(key);
    std::vector<std::string> values;
    if (!node || node.IsNull()) return values;
    if (node.IsScalar()) {
        values.push_back(expand(node));
        return values;
    }
    if (!node.IsSequence()) {
        shared_.problem(
            dialogs::rule::wrong_shape, node, "'" + std::string{key} + "' must be a list"
        );
        return values;
    }
    for (const auto& item : node) {
        if (item.IsScalar()) {
            values.push_back(expand(item));
        } else {
            shared_.problem(
                dialogs::rule::wrong_shape,
                item,
                "'" + std::string{key} + "' must list plain values"
            );
        }
    }
    return values;
}

void yaml_section::refuse_unknown_keys() {
    if (!node_ || !node_.IsMap()) return;
    std::set<std::string> met;
    for (const auto& entry : node_) {
        const auto key = entry.first.IsScalar() ? entry.first.Scalar() : std::string{"?"};
        if (!met.insert(key).second) {
            shared_.problem(
                dialogs::rule::repeated_key,
                entry.first,
                "'" + key + "' stands here twice",
                "keep one of them"
            );
        }
        if (std::ranges::find(known_, key) != known_.end()) continue;
        const auto near = dialogs::did_you_mean(key, known_);
        shared_.problem(
            dialogs::rule::unknown_key,
            entry.first,
            name_ + " has no setting '" + key + "'",
            near.empty() ? std::string{} : "did you mean '" + near + "'?"
        );
    }
}

}  // namespace tertulia::gateway
