// Everything we say, in every language: ICU message patterns compiled once, at load, into pieces
// that need no parser, no ICU formatter construction and no map of strings afterwards. Reads no
// file and no YAML: whoever parses hands over entries and maps problems back to lines.
//
// Patterns are ICU MessageFormat over the dotted paths of dialogs/facts/schema.hpp: {path},
// {path, style}, {path, style, form}, plural, selectordinal and select (not choice). Our styles:
//   money                           Q1,250.50
//   date   (= date, long)           23 de noviembre de 2026
//   date, short | weekday           23/11/2026 | lunes, 23 de noviembre
//   time   (= time, short)          10:40
//   time, long | weekday            23 de noviembre de 2026, 10:40 | lunes, 10:40
//   distance                        380 m, of a number of metres
// `date` takes dates and instants, `time` instants, `money` money; a bare {path} takes the first
// form of its type. select sees the words true and false for a boolean, and `missing` for a text or
// fact that is not there. A missing fact elsewhere is said as nothing (text) or "-" (all others),
// and counts as `other` in a plural. The hard spaces ICU puts in amounts and times become plain
// ones: one of them alone would turn an SMS into a costlier alphabet.

#pragma once

#include "dialogs/facts/schema.hpp"
#include "dialogs/message/outbound.hpp"
#include "dialogs/wording/attachments.hpp"
#include "dialogs/wording/circumstances.hpp"
#include "dialogs/wording/message_template.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tertulia::dialogs {

// An index into one catalogue; means nothing in another.
struct message_id {
    std::uint32_t value{};
    auto operator<=>(const message_id&) const = default;
};

// One text as the operator wrote it. `variant` is "" for `text:`, else its conditions:
// circumstances.hpp.
struct message_source {
    std::string key{};
    language_tag language{};
    std::string variant{};
    std::string pattern{};
    std::string file{};
    int line{};  // where the pattern begins, from 1
    int column{};
    int variant_line{};  // where the variant's key stands; 0: nowhere
    int variant_column{};
    std::vector<attachment_source> media{};  // in the order to show them
    std::optional<template_source> approved{};  // of a plain text: what is sent after 24 hours
};

struct wording_problem {
    std::size_t source{};  // index into the entries given
    std::size_t offset{};  // in bytes from the beginning of its pattern
    std::size_t length{};  // how much of the pattern is meant; 0: the entry as a whole
    bool of_variant{};     // both count in the variant's key instead
    std::optional<std::size_t> of_template{};  // in that text of its template: template_source
    std::string what{};    // without file and line
    std::string word{};    // what was written, if a slip is likely; else empty
    std::vector<std::string> candidates{};  // what may stand there instead
};

struct catalogue_options {
    institution house{};  // languages (first = default, all required), zone, currency, country
    std::span<const fact_field> schema{fact_schema()};  // must outlive the catalogue
};

// One text of a message, for those who check limits.
struct message_form {
    language_tag language{};
    std::string variant{};  // as written; "": the plain text
    conditions when{};
    std::optional<template_form> approved{};
    std::size_t source{};       // index into the entries the catalogue was built from
    bool constant{};            // no arguments: utf16_units is exact
    std::size_t utf16_units{};  // else of its literal text alone, the longest branches taken
};

// A message as its approved template.
struct said_by_template {
    say_template content{};  // without buttons and text
    template_category category{};
    std::span<const std::string> picks{};  // its quick replies, in order; lives with the catalogue
    std::span<const std::size_t> paths{};  // indexes into the schema, of all its gaps; lives so, too
    std::string missing{};  // the path of a fact there is not; not empty: it may not be sent
};

struct catalogue_result;

class catalogue {
public:
    // Never throws for what an operator wrote. An unknown time zone is a problem without a source:
    // see catalogue_result::zone_known.
    [[nodiscard]] static catalogue_result build(
        std::span<const message_source> entries, const catalogue_options& options
    );

    ~catalogue();
    catalogue(const catalogue&) = delete;
    catalogue& operator=(const catalogue&) = delete;

    // Keys become ids at load; a turn never looks one up.
    [[nodiscard]] std::optional<message_id> find(std::string_view key) const noexcept;
    [[nodiscard]] const std::string& key(message_id of) const noexcept;
    [[nodiscard]] std::size_t size() const noexcept;  // ids are 0 to size() - 1

    // Language: exact, then its base ("es-GT", "es"), then the default one, then any that has the
    // message. In each the variant that fits the circumstances best, else the plain text; by SMS
    // without the marks of wording/marks.hpp. Safe from any number of threads at once.
    [[nodiscard]] std::string format(
        message_id what,
        std::string_view language,
        const circumstances& when,
        const fact_view& facts
    ) const;
    // Of a key nobody has: empty. For callers outside a turn.
    [[nodiscard]] std::string format(
        std::string_view key,
        std::string_view language,
        const circumstances& when,
        const fact_view& facts
    ) const;

    // What is shown with that text. Lives as long as the catalogue.
    [[nodiscard]] std::span<const attachment> attachments(
        message_id what, std::string_view language, const circumstances& when
    ) const noexcept;
    [[nodiscard]] bool shows_something(message_id what) const noexcept;  // in some text of it

    // Nothing where it has none, in `language` or, as with format(), another.
    [[nodiscard]] std::optional<said_by_template> by_template(
        message_id what, std::string_view language, const fact_view& facts
    ) const;
    [[nodiscard]] bool has_template(message_id what) const noexcept;

    // True if `language` itself or its base has some text of the message.
    [[nodiscard]] bool has(message_id what, std::string_view language) const noexcept;
    // Indexes into the schema, ascending, over all forms.
    [[nodiscard]] std::span<const std::size_t> paths_used(message_id what) const noexcept;
    // Those of them that leave a hole in the text where they are missing.
    [[nodiscard]] std::span<const std::size_t> paths_needed(message_id what) const noexcept;
    [[nodiscard]] std::span<const message_form> forms(message_id what) const noexcept;
    [[nodiscard]] const std::vector<language_tag>& languages() const noexcept;  // as required

private:
    struct parts;
    friend struct catalogue_builder;
    explicit catalogue(std::unique_ptr<const parts> built);
    std::unique_ptr<const parts> parts_;
};

struct catalogue_result {
    std::shared_ptr<const catalogue> words{};  // null if there is any problem
    std::vector<wording_problem> problems{};   // by source, then offset
    bool zone_known{true};
};

}  // namespace tertulia::dialogs
