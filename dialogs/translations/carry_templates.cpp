#include "dialogs/translations/carry_templates.hpp"

#include "dialogs/translations/yaml_text.hpp"

#include <algorithm>
#include <string_view>
#include <utility>
#include <vector>

namespace tertulia::dialogs {
namespace {

constexpr std::size_t step = 2;  // spaces a level is indented by
constexpr std::string_view key_of_template = "template";

// As it was written: quoted, or plain.
std::string in_one_line(const yaml_node& of) {
    std::string made;
    const auto add = [&made](const std::string& part) { made += (made.empty() ? "" : ", ") + part; };
    if (of.scalar()) return of.plain ? of.text : yaml_quoted(of.text);
    if (of.list()) {
        for (const auto& item : of.items) add(in_one_line(item));
        return "[" + made + "]";
    }
    for (const auto& entry : of.entries) add(entry.key + ": " + in_one_line(entry.value));
    return "{" + made + "}";
}

std::string written(const yaml_node& approved, std::size_t indent) {
    const std::string inner(indent, ' ');
    std::string made = inner + std::string{key_of_template} + ":";
    if (!approved.map()) return made + " " + in_one_line(approved) + "\n";
    made += "\n";
    for (const auto& part : approved.entries) {
        made += inner + std::string(step, ' ') + part.key + ": " + in_one_line(part.value) + "\n";
    }
    return made;
}

class carrier {
public:
    explicit carrier(const std::string& text) : text_(text), lines_(text) {}

    void add(const yaml_entry& message, const yaml_node& approved) {
        const auto indent = static_cast<std::size_t>(message.at.column - 1);
        const auto begin = lines_.byte_of(message.at);
        const auto value = lines_.byte_of(message.value.at);
        if (message.value.scalar()) {
            add_to_scalar(message, approved, indent);
        } else if (message.value.map() && text_[value] == '{') {
            const auto part = std::string{key_of_template} + ": " + in_one_line(approved) + ", ";
            edits_.push_back({value + 1, 0, part});
        } else if (message.value.map() && !message.value.entries.empty()) {
            const auto inner = static_cast<std::size_t>(message.value.entries.front().at.column - 1);
            insert_line(yaml_entry_end(text_, begin, indent), written(approved, inner));
        }
    }

    [[nodiscard]] std::string done() {
        std::stable_sort(edits_.begin(), edits_.end(), [](const edit& left, const edit& right) {
            return left.at < right.at;
        });
        std::string made;
        std::size_t at = 0;
        for (const auto& each : edits_) {
            made.append(text_, at, each.at - at).append(each.text);
            at = each.at + each.length;
        }
        return made.append(text_, at);
    }

private:
    struct edit {
        std::size_t at{};
        std::size_t length{};
        std::string text{};
    };

    void insert_line(std::size_t at, std::string line) {
        if (at > 0 && text_[at - 1] != '\n') line.insert(0, "\n");
        edits_.push_back({at, 0, std::move(line)});
    }

    // `key: "text"` becomes a map.
    void add_to_scalar(const yaml_entry& message, const yaml_node& approved, std::size_t indent) {
        const auto value = lines_.byte_of(message.value.at);
        const auto end = yaml_scalar_end(text_, value, indent, false);
        auto colon = value;
        while (colon > 0 && text_[colon - 1] == ' ') --colon;
        const auto was = std::string_view{text_}.substr(value, end - value);
        const bool block = was.starts_with('|') || was.starts_with('>');
        const auto text =
            block ? yaml_text_of(message.value.text, indent + 2 * step) : std::string{was};
        edits_.push_back(
            {colon, end - colon, "\n" + std::string(indent + step, ' ') + "text: " + text}
        );
        const auto begin = lines_.byte_of(message.at);
        insert_line(yaml_entry_end(text_, begin, indent), written(approved, indent + step));
    }

    const std::string& text_;
    line_index lines_;
    std::vector<edit> edits_{};
};

}  // namespace

std::string carry_templates(const source_file& source, const source_file& target) {
    constexpr std::string_view mark = "\xEF\xBB\xBF";  // places do not count it
    if (target.text.starts_with(mark)) {
        const source_file rest{.path = target.path, .text = target.text.substr(mark.size())};
        return std::string{mark} + carry_templates(source, rest);
    }
    std::vector<diagnostic> ignored;  // told where all is loaded
    findings noted{target.path, ignored};
    const auto from = read_yaml(source, noted);
    const auto to = read_yaml(target, noted);
    if (!from || !to) return target.text;
    carrier made{target.text};
    for (const auto& message : from->entries) {
        const auto* approved = message.value.find(key_of_template);
        const auto found = std::ranges::find(to->entries, message.key, &yaml_entry::key);
        if (approved == nullptr || found == to->entries.end()) continue;
        if (found->value.find(key_of_template) == nullptr) made.add(*found, *approved);
    }
    return made.done();
}

}  // namespace tertulia::dialogs
