// What a catalogue is made of; for catalogue.cpp, which says it, and catalogue_builder.cpp, which
// makes it. Nobody else includes this.

#pragma once

#include "dialogs/wording/calendar.hpp"
#include "dialogs/wording/catalogue.hpp"
#include "dialogs/wording/locale_words.hpp"
#include "dialogs/wording/message_pattern.hpp"

#include <array>
#include <cstddef>
#include <memory>
#include <string>
#include <vector>

namespace tertulia::dialogs {

// Variants as numbers: the plain text, the four archetypes, then the channel kinds in their order.
inline constexpr std::size_t plain_variant = 0;
inline constexpr std::size_t first_archetype_variant = 1;
inline constexpr std::size_t archetypes_count = 4;
inline constexpr std::size_t first_channel_variant = first_archetype_variant + archetypes_count;
inline constexpr std::size_t no_variant = static_cast<std::size_t>(-1);

using variant_order = std::array<std::size_t, 3>;

struct message_text {
    std::size_t language{};  // index into catalogue::parts::languages
    std::size_t variant{};
    message_pattern words{};
};

struct message_texts {
    std::string key{};
    std::vector<message_text> texts{};  // a handful: looked through, not looked up
    std::vector<std::size_t> paths{};
    std::vector<message_form> forms{};  // beside texts, for those who check
};

struct spoken_language {
    language_tag tag{};
    std::unique_ptr<const locale_words> locale{};
};

struct catalogue::parts {
    std::vector<message_texts> messages{};     // by key
    std::vector<spoken_language> languages{};  // every language some entry is in
    std::vector<language_tag> required{};
    std::vector<std::string> channel_kinds{};
    local_calendar calendar{};

    [[nodiscard]] const message_texts& at(message_id of) const;
    [[nodiscard]] variant_order variants_for(std::string_view channel_kind, archetype whom)
        const noexcept;
    [[nodiscard]] const message_text* choose(
        const message_texts& of, std::string_view language, const variant_order& variants
    ) const noexcept;
};

}  // namespace tertulia::dialogs
