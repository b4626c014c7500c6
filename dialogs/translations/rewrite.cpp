#include "dialogs/translations/rewrite.hpp"

#include "dialogs/script/words_reader.hpp"
#include "dialogs/translations/yaml_text.hpp"

#include <algorithm>
#include <utility>

namespace tertulia::dialogs {
namespace {

struct edit {
    std::size_t at{};
    std::size_t length{};
    std::string text{};
};

struct wanted_text {
    const translation_unit* unit{};
    const std::string* text{};
};

struct wanted_message {
    std::string key{};
    std::vector<wanted_text> texts{};  // in the order of the source
};

conditions when_of(std::string_view variant) {
    std::vector<conditions_problem> ignored;
    if (variant.empty() || variant == "text") return {};
    return read_conditions(variant, ignored);
}

std::string name_of(const translation_unit& unit) {
    return unit.variant.empty() ? "text" : unit.variant;
}

constexpr std::size_t indent_step = 2;  // spaces a level is indented by

// A message that is not there yet, with its line break.
std::string written_new(const wanted_message& of) {
    if (of.texts.size() == 1 && of.texts.front().unit->variant.empty()) {
        return of.key + ": " + yaml_text_of(*of.texts.front().text, indent_step) + "\n";
    }
    std::string made = of.key + ":\n";
    for (const auto& each : of.texts) {
        made += std::string(indent_step, ' ') + name_of(*each.unit) + ": " +
                yaml_text_of(*each.text, 2 * indent_step) + "\n";
    }
    return made;
}

class rewriter {
public:
    rewriter(
        const std::string& text, const yaml_node& root, std::span<const translation_unit> units
    )
        : text_(text), root_(root), lines_(text), units_(units) {}

    std::string run(const std::vector<wanted_message>& messages) {
        for (const auto& message : messages) {
            const auto found = std::ranges::find(root_.entries, message.key, &yaml_entry::key);
            if (found == root_.entries.end()) {
                insert_line(place_for(message.key), written_new(message));
            } else if (found->value.map()) {
                change_map(*found, message);
            } else {
                change_scalar(*found, message);
            }
        }
        std::stable_sort(edits_.begin(), edits_.end(), [](const edit& left, const edit& right) {
            return left.at < right.at;
        });
        std::string made;
        std::size_t done = 0;
        for (const auto& each : edits_) {
            if (each.at < done) continue;  // two changes of one place: the comparison tells
            made.append(text_, done, each.at - done).append(each.text);
            done = each.at + each.length;
        }
        return made.append(text_, done);
    }

private:
    [[nodiscard]] std::size_t begin_of(const place& at) const { return lines_.byte_of(at); }
    [[nodiscard]] static std::size_t indent_of(const yaml_entry& of) {
        return static_cast<std::size_t>(of.at.column - 1);
    }
    [[nodiscard]] std::size_t end_of(const yaml_entry& of) const {
        return yaml_entry_end(text_, begin_of(of.at), indent_of(of));
    }

    void insert_line(std::size_t at, std::string line) {
        if (at > 0 && text_[at - 1] != '\n') line.insert(0, "\n");
        edits_.push_back({.at = at, .text = std::move(line)});
    }

    // Behind the nearest message that stands before it in the source, else before the nearest that
    // stands behind it.
    [[nodiscard]] std::size_t place_for(std::string_view key) const {
        const yaml_entry* before = nullptr;
        bool passed = false;
        for (const auto& unit : units_) {
            if (unit.key == key) passed = true;
            const auto found = std::ranges::find(root_.entries, unit.key, &yaml_entry::key);
            if (found == root_.entries.end()) continue;
            if (!passed) before = &*found;
            if (passed && before == nullptr) return begin_of(found->at);
            if (passed) break;
        }
        return before == nullptr ? text_.size() : end_of(*before);
    }

    void replace(const yaml_node& scalar, std::size_t key_indent, bool in_flow, const std::string& by) {
        const auto at = begin_of(scalar.at);
        const auto end = yaml_scalar_end(text_, at, key_indent, in_flow);
        const auto was = std::string_view(text_).substr(at, end - at);
        edits_.push_back(
            {.at = at, .length = end - at, .text = yaml_text_like(was, by, key_indent + indent_step, in_flow)}
        );
    }

    // `key: "text"`; with variants to add it becomes a map.
    void change_scalar(const yaml_entry& entry, const wanted_message& message) {
        const auto& value = entry.value;
        const auto indent = indent_of(entry);
        if (message.texts.size() == 1 && message.texts.front().unit->variant.empty()) {
            replace(value, indent, false, *message.texts.front().text);
            return;
        }
        const auto begin = begin_of(value.at);
        const auto end = yaml_scalar_end(text_, begin, indent, false);
        auto colon = begin;
        while (colon > 0 && text_[colon - 1] == ' ') --colon;
        const std::string inner(indent + indent_step, ' ');
        std::string kept = "\n" + inner + "text: ";
        const auto& first = message.texts.front();
        const auto was = std::string_view(text_).substr(begin, end - begin);
        const bool block = was.starts_with('|') || was.starts_with('>');
        if (first.unit->variant.empty()) {
            kept += yaml_text_of(*first.text, indent + 2 * indent_step);
        } else {
            kept += block ? yaml_text_of(value.text, indent + 2 * indent_step) : std::string(was);
        }
        edits_.push_back({.at = colon, .length = end - colon, .text = kept});
        std::string more;
        for (const auto& each : message.texts) {
            if (each.unit->variant.empty()) continue;
            more += inner + each.unit->variant + ": " +
                    yaml_text_of(*each.text, indent + 2 * indent_step) + "\n";
        }
        insert_line(end_of(entry), std::move(more));
    }

    void change_map(const yaml_entry& entry, const wanted_message& message) {
        const auto& map = entry.value;
        const bool in_flow = text_[begin_of(map.at)] == '{';
        for (const auto& each : message.texts) {
            const auto when = when_of(each.unit->variant);
            const auto found = std::ranges::find_if(map.entries, [&](const yaml_entry& one) {
                return one.key == name_of(*each.unit) ||
                       (!is_no_text(one.key) && when_of(one.key) == when);
            });
            if (found == map.entries.end()) {
                add_to(map, in_flow, *each.unit, *each.text);
            } else if (!found->value.map()) {
                replace(found->value, indent_of(*found), in_flow, *each.text);
            } else {
                change_inner(*found, *each.text, in_flow);
            }
        }
    }

    // `nascent: {text: …, audio: …}`
    void change_inner(const yaml_entry& variant, const std::string& by, bool in_flow) {
        const bool flow = in_flow || text_[begin_of(variant.value.at)] == '{';
        for (const auto& one : variant.value.entries) {
            if (one.key == "text") replace(one.value, indent_of(one), flow, by);
        }
    }

    // Beside the texts: what is shown, and what it is sent by after a day.
    static bool is_no_text(std::string_view key) {
        return key == "picture" || key == "audio" || key == "document" || key == "template";
    }

    void add_to(
        const yaml_node& map, bool in_flow, const translation_unit& unit, const std::string& by
    ) {
        if (in_flow) {
            edits_.push_back(
                {.at = begin_of(map.at) + 1, .text = name_of(unit) + ": " + yaml_quoted(by) + ", "}
            );
            return;
        }
        const auto indent = indent_of(map.entries.front());
        insert_line(
            end_of(sibling_before(map, unit)),
            std::string(indent, ' ') + name_of(unit) + ": " + yaml_text_of(by, indent + indent_step) + "\n"
        );
    }

    // The last entry that the source has before it, else the last there is.
    [[nodiscard]] const yaml_entry& sibling_before(
        const yaml_node& map, const translation_unit& unit
    ) const {
        const yaml_entry* before = nullptr;
        for (const auto& other : units_) {
            if (&other == &unit || other.context == unit.context) break;
            if (other.key != unit.key) continue;
            const auto found = std::ranges::find(map.entries, name_of(other), &yaml_entry::key);
            if (found != map.entries.end()) before = &*found;
        }
        return before == nullptr ? map.entries.back() : *before;
    }

    const std::string& text_;
    const yaml_node& root_;
    line_index lines_;
    std::span<const translation_unit> units_;
    std::vector<edit> edits_{};
};

// ---- what came out is what was wanted

// Remarks and blank lines alone.
bool holds_nothing(std::string_view text) {
    while (!text.empty()) {
        const auto end = std::min(text.find('\n'), text.size());
        const auto first = text.substr(0, end).find_first_not_of(" \r");
        if (first != std::string_view::npos && text[first] != '#') return false;
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return true;
}

using texts_by_place = std::map<std::pair<std::string, conditions>, std::string>;

texts_by_place texts_in(const source_file& file, std::vector<diagnostic>& problems) {
    std::vector<message_source> read;
    texts_by_place made;
    if (holds_nothing(file.text)) return made;
    read_messages(file, read, problems);
    for (auto& one : read) {
        auto& text = made[{one.key, when_of(one.variant)}];
        text = std::move(one.pattern);
        for (const auto& shown : one.media) text += "\n" + shown.what.name;
    }
    return made;
}

// Of texts with something to show the text comes first, then what is shown.
bool begins_with_line(const std::string& text, const std::string& wanted) {
    return text == wanted || text.starts_with(wanted + "\n");
}

bool as_wanted(
    const texts_by_place& before,
    texts_by_place after,
    const std::vector<wanted_message>& messages,
    std::string& where
) {
    auto rest = before;
    for (const auto& message : messages) {
        for (const auto& each : message.texts) {
            const auto at = std::pair{message.key, when_of(each.unit->variant)};
            where = each.unit->context;
            const auto found = after.find(at);
            if (found == after.end() || !begins_with_line(found->second, *each.text)) return false;
            rest.erase(at);
            after.erase(found);
        }
    }
    for (const auto& [at, text] : rest) {
        where = at.first;
        const auto found = after.find(at);
        if (found == after.end() || found->second != text) return false;
    }
    return rest.size() == after.size();
}

}  // namespace

std::optional<std::string> rewrite_messages(
    const source_file& file,
    const std::map<std::string, std::string>& texts,
    std::span<const translation_unit> units,
    std::vector<diagnostic>& problems
) {
    constexpr std::string_view mark = "\xEF\xBB\xBF";  // places do not count it
    if (file.text.starts_with(mark)) {
        const source_file rest{.path = file.path, .text = file.text.substr(mark.size())};
        auto made = rewrite_messages(rest, texts, units, problems);
        if (made) made->insert(0, mark);
        return made;
    }
    std::vector<wanted_message> messages;
    for (const auto& unit : units) {
        const auto found = texts.find(unit.context);
        if (found == texts.end()) continue;
        if (messages.empty() || messages.back().key != unit.key) {
            messages.push_back({.key = unit.key, .texts = {}});
        }
        messages.back().texts.push_back({&unit, &found->second});
    }
    const auto count = problems.size();
    const auto before = texts_in(file, problems);
    if (problems.size() != count) return std::nullopt;
    std::string made = file.text;
    if (holds_nothing(file.text)) {
        for (const auto& message : messages) made += written_new(message);
    } else {
        findings noted(file.path, problems);
        const auto root = read_yaml(file, noted);
        if (!root) return std::nullopt;
        made = rewriter{file.text, *root, units}.run(messages);
    }
    std::string where;
    std::vector<diagnostic> broken;
    const auto after = texts_in({.path = file.path, .text = made}, broken);
    if (!broken.empty() || !as_wanted(before, after, messages, where)) {
        findings(file.path, problems)
            .error(
                rule::wrong_shape,
                {},
                "'" + where + "' cannot be put in here without changing the rest",
                "put the texts of this message between quotes, each on one line"
            );
        return std::nullopt;
    }
    return made;
}

}  // namespace tertulia::dialogs
