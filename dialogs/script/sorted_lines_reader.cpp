#include "dialogs/script/sorted_lines_reader.hpp"

#include "dialogs/script/unknown_key.hpp"
#include "dialogs/wording/regions.hpp"

#include <algorithm>
#include <map>
#include <string>
#include <utility>

namespace tertulia::dialogs {
namespace {

constexpr std::string_view hers_alone = "private";
constexpr std::string_view for_all = "open";

const map_shape& of_language_shape() {
    static const map_shape shape{
        .name = "lines",
        .keys = {
            {std::string{hers_alone}, a_list(a_text()),
             "Lines that tell what somebody owes, pays or has saved, or who is late"},
            {std::string{for_all}, a_list(a_text()), "Lines that all may read"}}};
    return shape;
}

class reader {
public:
    reader(std::vector<sorted_line>& all, findings& noted) : all_{all}, noted_{noted} {}

    void read(const yaml_node& root) {
        for (const auto& entry : root.entries) {
            if (!is_language(entry.key)) {
                noted_.error(
                    rule::unknown_language, entry.at, "there is no language '" + entry.key + "'"
                );
            } else if (!entry.value.map()) {
                noted_.error(
                    rule::wrong_shape, entry.value.at,
                    "'" + entry.key + "' needs lines below it",
                    "for example  private: [yo ya di mis 300]"
                );
            } else {
                language(entry.key, entry.value);
            }
        }
    }

private:
    void language(const std::string& name, const yaml_node& lists) {
        for (const auto& entry : lists.entries) {
            if (entry.key != hers_alone && entry.key != for_all) {
                note_unknown_key(noted_, entry, of_language_shape());
            } else if (!entry.value.list()) {
                noted_.error(
                    rule::wrong_shape, entry.value.at, "'" + entry.key + "' is a list of lines"
                );
            } else {
                for (const auto& item : entry.value.items) line(name, entry.key == hers_alone, item);
            }
        }
    }

    void line(const std::string& language, bool is_private, const yaml_node& item) {
        const bool fits =
            item.scalar() && !item.text.empty() && item.text.size() <= sorted_line_bytes_max;
        if (!fits) {
            noted_.error(rule::wrong_value, item.at, "a line is a text of at most 400 characters");
            return;
        }
        if (all_.size() == sorted_lines_max) {
            if (!std::exchange(is_full_, true)) {
                noted_.error(rule::too_large, item.at, "there are more than 20000 lines");
            }
            return;
        }
        const auto [first, is_new] = seen_.emplace(item.text, item.at.line);
        if (!is_new) {
            noted_.error(
                rule::repeated_word, item.at,
                "'" + item.text + "' stands in line " + std::to_string(first->second) + ", too",
                "take one out"
            );
            return;
        }
        all_.push_back({.is_private = is_private, .language = language, .text = item.text});
    }

    std::vector<sorted_line>& all_;
    findings& noted_;
    std::map<std::string, int> seen_{};
    bool is_full_{};
};

}  // namespace

bool is_sorted_lines_file(std::string_view file_name) noexcept {
    return file_name == "lines.yaml" ||
           (file_name.starts_with("lines.") && file_name.ends_with(".yaml"));
}

const map_shape& sorted_lines_shape() {
    static const map_shape shape{
        .name = "sorted_lines",
        .pattern = "[a-z]{2,3}(-[A-Za-z0-9]{2,8})*",
        .other = a_map(of_language_shape)};
    return shape;
}

void read_sorted_lines(const source_file& file, std::vector<sorted_line>& all, findings& into) {
    const auto root = read_yaml(file, into);
    if (root && root->map()) {
        reader{all, into}.read(*root);
    } else if (root) {
        into.error(
            rule::wrong_shape, root->at, "this file looks like  es: {private: [yo ya di mis 300]}"
        );
    }
}

}  // namespace tertulia::dialogs
