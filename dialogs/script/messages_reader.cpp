// read_messages(): the texts of one language, their variants and what each is shown with.

#include "dialogs/script/dialog_source.hpp"
#include "dialogs/script/template_reader.hpp"
#include "dialogs/script/words_reader.hpp"
#include "dialogs/script/words_shapes.hpp"

#include <algorithm>
#include <array>
#include <initializer_list>
#include <utility>

namespace tertulia::dialogs {
namespace {

struct media_key {
    std::string_view key{};
    media_kind kind{};
};
// In the order they are shown.
constexpr std::array<media_key, 3> media_keys{{
    {"picture", media_kind::image},
    {"document", media_kind::document},
    {"audio", media_kind::audio},
}};

constexpr std::string_view template_key = "template";

const media_key* media_key_of(std::string_view key) noexcept {
    const auto* found = std::find_if(media_keys.begin(), media_keys.end(), [&](const auto& one) {
        return one.key == key;
    });
    return found == media_keys.end() ? nullptr : found;
}

class message_reader {
public:
    message_reader(std::string language, findings& noted, std::vector<message_source>& into)
        : language_(std::move(language)), noted_(noted), into_(into) {}

    void read(const yaml_entry& entry) {
        key_ = entry.key;
        if (!entry.value.map()) {
            add({}, {}, entry.value, {});
            return;
        }
        const auto shown = media_of(entry.value);
        bool has_text = false;
        for (const auto& variant : entry.value.entries) {
            if (media_key_of(variant.key) != nullptr || variant.key == template_key) continue;
            has_text = true;
            if (variant.key == "text") {
                add({}, variant.at, variant.value, shown);
                approved_by(entry.value);
            } else {
                read_variant(variant, shown);
            }
        }
        if (!has_text) {
            noted_.error(
                rule::wrong_value,
                entry.at,
                "'" + key_ + "' needs a text",
                "it is what is said where nothing can be shown, as by SMS"
            );
        }
    }

private:
    using shown_with = std::vector<attachment_source>;

    // A text, or {text: …, picture: …}. Of each kind it is shown with its own, else with that of
    // the plain text.
    void read_variant(const yaml_entry& variant, const shown_with& of_text) {
        shown_with own;
        const auto* text = &variant.value;
        if (variant.value.map()) {
            own = media_of(variant.value);
            text = variant.value.find("text");
            const auto known = variant_shape().names();
            for (const auto& each : variant.value.entries) {
                if (std::find(known.begin(), known.end(), each.key) != known.end()) continue;
                noted_.error(
                    rule::unknown_key,
                    each.at,
                    "a variant has no '" + each.key + "'",
                    mend_for(each.key, known)
                );
            }
        }
        shown_with all;
        for (const auto& key : media_keys) {
            for (const shown_with* from :
                 std::initializer_list<const shown_with*>{&own, &of_text}) {
                const auto found = std::find_if(from->begin(), from->end(), [&](const auto& one) {
                    return one.what.kind == key.kind;
                });
                if (found == from->end()) continue;
                all.push_back(*found);
                all.back().inherited = from == &of_text;
                break;
            }
        }
        if (text == nullptr) {
            noted_.error(
                rule::wrong_value,
                variant.at,
                "'" + variant.key + "' of '" + key_ + "' needs a text",
                "write text: below it"
            );
        } else {
            add(variant.key, variant.at, *text, std::move(all));
        }
    }

    // Beside the plain text, for which it stands.
    void approved_by(const yaml_node& map) {
        for (const auto& part : map.entries) {
            if (part.key != template_key) continue;
            auto made = read_template(key_, part, noted_);
            const bool has_text = !into_.empty() && into_.back().key == key_;
            if (made && has_text) into_.back().approved = std::move(made);
        }
    }

    shown_with media_of(const yaml_node& map) {
        shown_with all;
        for (const auto& [name, kind] : media_keys) {
            const auto* file = map.find(name);
            if (file == nullptr) continue;
            if (!file->scalar() || file->text.empty()) {
                noted_.error(
                    rule::wrong_value,
                    file->at,
                    "'" + std::string(name) + "' needs the name of a file",
                    "one of the folder of media"
                );
                continue;
            }
            all.push_back(
                {.what = {.kind = kind, .name = file->text},
                 .line = file->at.line,
                 .column = file->at.column}
            );
        }
        return all;
    }

    void add(
        const std::string& variant, place variant_at, const yaml_node& text, shown_with shown
    ) {
        if (!text.scalar() || text.text.empty()) {
            noted_.error(
                rule::wrong_value, text.at, "'" + key_ + "' needs a text", "put it between quotes"
            );
            return;
        }
        if (text.text.find_first_not_of(" \t\n") == std::string::npos) {
            noted_.error(rule::empty_text, text.at, "'" + key_ + "' has nothing in it to read");
            return;
        }
        into_.push_back(message_source{
            .key = key_,
            .language = language_,
            .variant = variant,
            .pattern = text.text,
            .file = noted_.file(),
            .line = text.at.line,
            .column = text.at.column,
            .variant_line = variant_at.line,
            .variant_column = variant_at.column,
            .media = std::move(shown)});
    }

    std::string language_;
    findings& noted_;
    std::vector<message_source>& into_;
    std::string key_{};
};

}  // namespace

bool read_messages(
    const source_file& file, std::vector<message_source>& into, std::vector<diagnostic>& problems
) {
    findings noted(file.path, problems);
    const auto root = read_yaml(file, noted);
    if (!root) return false;
    if (!root->map()) {
        noted.error(rule::wrong_shape, root->at, "messages look like  key: \"text\"");
        return false;
    }
    message_reader reader(stem_of(file.path), noted, into);
    for (const auto& entry : root->entries) {
        if (is_message_key(entry.key)) {
            reader.read(entry);
        } else {
            noted.error(
                rule::bad_name,
                entry.at,
                "'" + entry.key + "' cannot be the key of a message",
                "use small letters, digits and _, with points between the names"
            );
        }
    }
    return true;
}

}  // namespace tertulia::dialogs
