#include "dialogs/script/yaml_tree.hpp"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/mark.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <cstdint>
#include <limits>
#include <sstream>
#include <stdexcept>
#include <unordered_map>
#include <utility>

namespace tertulia::dialogs {
namespace {

// The first byte that is not UTF-8 (or is a control character no file of words needs), else npos.
std::size_t first_bad_byte(std::string_view text) noexcept {
    for (std::size_t i = 0; i < text.size();) {
        const auto lead = static_cast<unsigned char>(text[i]);
        if (lead < 0x80) {
            if ((lead < 0x20 && lead != '\n' && lead != '\r' && lead != '\t') || lead == 0x7F) {
                return i;
            }
            ++i;
            continue;
        }
        const std::size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
        if (lead < 0xC2 || lead > 0xF4 || i + length > text.size()) return i;
        std::uint32_t code = lead & (0xFFU >> (length + 1));
        for (std::size_t k = 1; k < length; ++k) {
            const auto next = static_cast<unsigned char>(text[i + k]);
            if ((next & 0xC0U) != 0x80U) return i;
            code = (code << 6U) | (next & 0x3FU);
        }
        const bool overlong = (length == 3 && code < 0x800) || (length == 4 && code < 0x10000);
        if (overlong || (code >= 0xD800 && code <= 0xDFFF) || code > 0x10FFFF) return i;
        i += length;
    }
    return std::string_view::npos;
}

// Ends the reading at once; the reason is already noted.
struct give_up : std::runtime_error {
    give_up() : std::runtime_error("this file is not read any further") {}
};

class tree_builder final : public YAML::EventHandler {
public:
    tree_builder(const line_index& lines, std::string_view text, findings& into)
        : lines_(&lines), text_(text), into_(&into) {}

    void OnDocumentStart(const YAML::Mark&) override {}
    void OnDocumentEnd() override {}
    void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
        refuse_anchor(mark, anchor);
        yaml_node node{};
        node.at = lines_->at(mark.line, mark.column);
        add(std::move(node));
    }
    void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override {
        into_->error(
            rule::yaml_feature,
            lines_->at(mark.line, mark.column),
            "'*name' repeats another part of the file: "
            "that is not allowed here",
            "write it out"
        );
        throw give_up{};
    }
    void OnScalar(
        const YAML::Mark& mark,
        const std::string& tag,
        YAML::anchor_t anchor,
        const std::string& value
    ) override {
        refuse_anchor(mark, anchor);
        refuse_tag(mark, tag);
        yaml_node node{};
        node.is = yaml_node::kind::scalar;
        node.text = value;
        node.at = lines_->at(mark.line, mark.column);
        const auto from = lines_->byte_of(node.at);
        node.plain = text_.substr(from, value.size()) == value;
        const bool quoted =
            tag == "!" && from < text_.size() && (text_[from] == '"' || text_[from] == '\'');
        if (quoted && !closed(from)) {
            // yaml-cpp takes the rest of the file for the text and says nothing.
            into_->error(rule::not_yaml, node.at, "this text is not closed by a quote");
            throw give_up{};
        }
        if (value.find('\n') == std::string::npos && (node.plain || quoted)) {
            node.at.length = std::max(1, characters_in(value) + (quoted ? 2 : 0));
        }
        add(std::move(node));
    }
    void OnSequenceStart(
        const YAML::Mark& mark,
        const std::string& tag,
        YAML::anchor_t anchor,
        YAML::EmitterStyle::value
    ) override {
        open(mark, tag, anchor, yaml_node::kind::list);
    }
    void OnSequenceEnd() override { close(); }
    void OnMapStart(
        const YAML::Mark& mark,
        const std::string& tag,
        YAML::anchor_t anchor,
        YAML::EmitterStyle::value
    ) override {
        open(mark, tag, anchor, yaml_node::kind::map);
    }
    void OnMapEnd() override { close(); }

    [[nodiscard]] std::optional<yaml_node> take() { return std::move(root_); }

private:
    struct level {
        yaml_node node{};
        std::optional<yaml_entry> pending{};           // a key that waits for its value
        std::unordered_map<std::string, int> lines{};  // of the keys so far
    };

    // Whether the quote at `from` has its other half.
    [[nodiscard]] bool closed(std::size_t from) const noexcept {
        const char quote = text_[from];
        for (std::size_t i = from + 1; i < text_.size(); ++i) {
            if (quote == '"' && text_[i] == '\\') {
                ++i;
            } else if (text_[i] == quote) {
                return true;  // of '' the second half opens again: then its own end is looked at
            }
        }
        return false;
    }
    void refuse_anchor(const YAML::Mark& mark, YAML::anchor_t anchor) {
        if (anchor == 0) return;
        into_->error(
            rule::yaml_feature,
            lines_->at(mark.line, mark.column),
            "'&name' names a part of the file: that is "
            "not allowed here",
            "text that begins with & needs quotes"
        );
        throw give_up{};
    }
    void refuse_tag(const YAML::Mark& mark, const std::string& tag) {
        if (tag.empty() || tag == "?" || tag == "!") return;
        into_->error(
            rule::yaml_feature,
            lines_->at(mark.line, mark.column),
            "'" + tag + "' is not allowed here",
            "text that begins with ! needs quotes"
        );
        throw give_up{};
    }
    void open(
        const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor, yaml_node::kind is
    ) {
        refuse_anchor(mark, anchor);
        refuse_tag(mark, tag);
        level inner{};
        inner.node.is = is;
        inner.node.at = lines_->at(mark.line, mark.column);
        if (levels_.size() >= yaml_depth_max) {
            into_->error(rule::too_large, inner.node.at, "this is nested too deeply");
            throw give_up{};
        }
        levels_.push_back(std::move(inner));
    }
    void close() {
        yaml_node done = std::move(levels_.back().node);
        levels_.pop_back();
        add(std::move(done));
    }
    void add(yaml_node&& node) {
        if (++nodes_ > yaml_nodes_max) {
            into_->error(rule::too_large, node.at, "this file is too long");
            throw give_up{};
        }
        if (levels_.empty()) {
            root_ = std::move(node);
            return;
        }
        auto& into = levels_.back();
        if (into.node.is == yaml_node::kind::list) {
            into.node.items.push_back(std::move(node));
        } else if (!into.pending) {
            if (!node.scalar()) {
                into_->error(rule::not_yaml, node.at, "a name must stand before the colon");
                throw give_up{};
            }
            into.pending = yaml_entry{.key = std::move(node.text), .at = node.at, .value = {}};
        } else {
            into.pending->value = std::move(node);
            const auto [first, is_new] =
                into.lines.try_emplace(into.pending->key, into.pending->at.line);
            if (!is_new) {
                into_->error(
                    rule::repeated_key,
                    into.pending->at,
                    "'" + into.pending->key + "' is written twice, first in line " +
                        std::to_string(first->second),
                    "keep one of them"
                );
            } else {
                into.node.entries.push_back(std::move(*into.pending));
            }
            into.pending.reset();
        }
    }

    const line_index* lines_;
    std::string_view text_;
    findings* into_;
    std::vector<level> levels_{};
    std::optional<yaml_node> root_{};
    std::size_t nodes_{};
};

// Tabs may stand inside text but never indent: the commonest way to break a YAML file.
std::size_t first_indenting_tab(std::string_view text) noexcept {
    bool leading = true;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '\n') {
            leading = true;
        } else if (leading && text[i] == '\t') {
            const auto rest = text.find_first_not_of(" \t\r", i);
            if (rest != std::string_view::npos && text[rest] != '\n' && text[rest] != '#') return i;
        } else if (text[i] != ' ') {
            leading = false;
        }
    }
    return std::string_view::npos;
}

}  // namespace

const yaml_node* yaml_node::find(std::string_view key) const noexcept {
    const auto found = std::find_if(entries.begin(), entries.end(), [&](const yaml_entry& entry) {
        return entry.key == key;
    });
    return found == entries.end() ? nullptr : &found->value;
}

findings::findings(std::string file, std::vector<diagnostic>& into)
    : file_(std::move(file)), into_(&into) {}

void findings::note(rule breaks, severity level, place at, std::string&& what, std::string&& mend) {
    into_->push_back(diagnostic{
        .breaks = breaks,
        .level = level,
        .file = file_,
        .line = at.line,
        .column = at.column,
        .what = std::move(what),
        .mend = std::move(mend),
        .length = at.length});
}

void findings::error(rule breaks, place at, std::string what, std::string mend) {
    note(breaks, severity::error, at, std::move(what), std::move(mend));
}

void findings::warning(rule breaks, place at, std::string what, std::string mend) {
    note(breaks, severity::warning, at, std::move(what), std::move(mend));
}

std::string stem_of(std::string_view path) {
    const auto slash = path.find_last_of('/');
    if (slash != std::string_view::npos) path.remove_prefix(slash + 1);
    return std::string(path.substr(0, path.find('.')));
}

std::string mend_for(std::string_view word, const std::vector<std::string>& candidates) {
    const auto near = did_you_mean(word, candidates);
    return near.empty() ? std::string{} : "did you mean '" + near + "'?";
}

std::optional<yaml_node> read_yaml(const source_file& file, findings& into) {
    std::string_view text = file.text;
    if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
    if (text.size() > yaml_bytes_max) {
        into.error(rule::too_large, {}, "this file is larger than 8 MiB");
        return std::nullopt;
    }
    const line_index lines(text);
    if (const auto bad = first_bad_byte(text); bad != std::string_view::npos) {
        into.error(
            rule::not_utf8,
            lines.at_byte(bad),
            "this is not text in UTF-8",
            "save the file as UTF-8"
        );
        return std::nullopt;
    }
    if (const auto tab = first_indenting_tab(text); tab != std::string_view::npos) {
        into.error(
            rule::tab_indent, lines.at_byte(tab), "a tab indents this line", "indent with spaces"
        );
        return std::nullopt;
    }
    if (text.find_first_not_of(" \t\r\n") == std::string_view::npos) {
        into.error(rule::empty_file, {}, "this file is empty");
        return std::nullopt;
    }
    try {
        std::istringstream stream{std::string{text}};
        YAML::Parser parser{stream};
        tree_builder tree{lines, text, into};
        if (!parser.HandleNextDocument(tree)) {
            into.error(rule::empty_file, {}, "this file is empty");
            return std::nullopt;
        }
        auto root = tree.take();
        tree_builder more{lines, text, into};
        if (parser.HandleNextDocument(more)) {
            const auto next = more.take();
            into.error(
                rule::second_document,
                next ? next->at : place{},
                "a second document begins here",
                "take the line '---' out, or make it two files"
            );
        }
        if (!root) into.error(rule::empty_file, {}, "this file is empty");
        return root;
    } catch (const give_up&) {
        return std::nullopt;
    } catch (const YAML::Exception& broken) {
        into.error(
            rule::not_yaml,
            broken.mark.is_null() ? place{} : lines.at(broken.mark.line, broken.mark.column),
            "this is not YAML: " + broken.msg,
            "look at the indentation, the colons and the quotes of this line and the one before"
        );
        return std::nullopt;
    } catch (const std::exception& broken) {  // yaml-cpp converts numbers of %YAML lines itself
        into.error(rule::not_yaml, {}, std::string{"this is not YAML: "} + broken.what());
        return std::nullopt;
    }
}

line_index::line_index(std::string_view text) : text_(text), starts_{0} {
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '\n') starts_.push_back(i + 1);
    }
}

place line_index::at(int line, int column) const noexcept {
    if (line < 0) return {};
    const auto row = std::min(static_cast<std::size_t>(line), starts_.size() - 1);
    const auto from = starts_[row];
    const auto width = std::min(static_cast<std::size_t>(std::max(column, 0)), text_.size() - from);
    return {.line = static_cast<int>(row) + 1, .column = characters_in(text_.substr(from, width)) + 1};
}

place line_index::at_byte(std::size_t offset) const noexcept {
    const auto next = std::upper_bound(starts_.begin(), starts_.end(), offset);
    const auto row = static_cast<std::size_t>(next - starts_.begin()) - 1;
    return at(static_cast<int>(row), static_cast<int>(offset - starts_[row]));
}

std::size_t line_index::byte_of(place of) const noexcept {
    if (of.line < 1 || static_cast<std::size_t>(of.line) > starts_.size()) return text_.size();
    std::size_t offset = starts_[static_cast<std::size_t>(of.line) - 1];
    for (int column = 1; column < of.column && offset < text_.size(); ++column) {
        do {
            ++offset;
        } while (offset < text_.size() && !begins_character(text_[offset]));
    }
    return offset;
}

}  // namespace tertulia::dialogs
