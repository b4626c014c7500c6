#include "dialogs/wording/catalogue.hpp"

#include "dialogs/wording/catalogue_parts.hpp"

#include <boost/assert.hpp>

#include <algorithm>

namespace tertulia::dialogs {
namespace {

std::string_view base_of(std::string_view language) noexcept {
    return language.substr(0, language.find('-'));
}

}  // namespace

catalogue::catalogue(std::unique_ptr<const parts> built) : parts_{std::move(built)} {}
catalogue::~catalogue() = default;

std::optional<message_id> catalogue::find(std::string_view key) const noexcept {
    const auto& messages = parts_->messages;
    const auto found = std::lower_bound(
        messages.begin(),
        messages.end(),
        key,
        [](const message_texts& each, std::string_view wanted) { return each.key < wanted; }
    );
    if (found == messages.end() || found->key != key) return std::nullopt;
    return message_id{static_cast<std::uint32_t>(found - messages.begin())};
}

const message_texts& catalogue::parts::at(message_id of) const {
    BOOST_ASSERT(of.value < messages.size());
    return messages[of.value];
}

const std::string& catalogue::key(message_id of) const noexcept {
    return parts_->at(of).key;
}
std::size_t catalogue::size() const noexcept {
    return parts_->messages.size();
}

std::string catalogue::format(
    message_id what, std::string_view language, const circumstances& when, const fact_view& facts
) const {
    const auto* text = parts_->choose(parts_->at(what), language, when);
    BOOST_ASSERT(text != nullptr);
    std::string out;
    const bool unmarked = when.channel == channel_kind::sms && text->unmarked;
    const auto& words = unmarked ? *text->unmarked : text->words;
    words.append(out, facts, *parts_->languages[text->language].locale, parts_->calendar);
    return out;
}

std::string catalogue::format(
    std::string_view key,
    std::string_view language,
    const circumstances& when,
    const fact_view& facts
) const {
    const auto what = find(key);
    return what ? format(*what, language, when, facts) : std::string{};
}

std::span<const attachment> catalogue::attachments(
    message_id what, std::string_view language, const circumstances& when
) const noexcept {
    const auto* text = parts_->choose(parts_->at(what), language, when);
    return text == nullptr ? std::span<const attachment>{} : text->media;
}

bool catalogue::shows_something(message_id what) const noexcept {
    const auto& texts = parts_->at(what).texts;
    return std::any_of(texts.begin(), texts.end(), [](const message_text& each) {
        return !each.media.empty();
    });
}

const message_text* catalogue::parts::approved(
    const message_texts& of, std::string_view language
) const noexcept {
    const std::string_view house = required.empty() ? std::string_view{} : required.front();
    for (const auto tag : {language, base_of(language), house, base_of(house)}) {
        for (const auto& each : of.texts) {
            if (each.approved && languages[each.language].tag == tag) return &each;
        }
    }
    const auto any = std::find_if(of.texts.begin(), of.texts.end(), [](const auto& each) {
        return each.approved.has_value();
    });
    return any == of.texts.end() ? nullptr : &*any;
}

const message_text* catalogue::parts::choose(
    const message_texts& of, std::string_view language, const circumstances& when
) const noexcept {
    const auto spoken = [&](std::string_view tag) {
        const message_text* best = nullptr;
        for (const auto& each : of.texts) {
            if (languages[each.language].tag != tag || !each.when.hold(when)) continue;
            if (best == nullptr || each.when.weight() > best->when.weight()) best = &each;
        }
        return best;
    };
    const auto base = base_of(language);
    if (const auto* exact = spoken(language)) return exact;
    if (base != language) {
        if (const auto* wider = spoken(base)) return wider;
    }
    const std::string_view fallback = required.empty() ? std::string_view{} : required.front();
    if (const auto* house = spoken(fallback)) return house;
    if (const auto* wider = spoken(base_of(fallback))) return wider;
    for (const auto& each : languages) {
        if (const auto* any = spoken(each.tag)) return any;
    }
    return of.texts.empty() ? nullptr : &of.texts.front();
}

std::optional<said_by_template> catalogue::by_template(
    message_id what, std::string_view language, const fact_view& facts
) const {
    const auto* text = parts_->approved(parts_->at(what), language);
    if (text == nullptr) return std::nullopt;
    const auto& from = *text->approved;
    said_by_template made{};
    made.content.name = from.name;
    made.content.language = from.language;
    made.category = from.category;
    made.picks = from.picks;
    made.paths = from.paths;
    const auto& locale = *parts_->languages[text->language].locale;
    const auto fill = [&](const std::vector<template_text>& gaps) {
        std::vector<template_parameter> filled;
        for (const auto& gap : gaps) {
            auto& one = filled.emplace_back();
            one.name = gap.name;
            const auto* hole = gap.words.append(one.text, facts, locale, parts_->calendar);
            if (hole != nullptr && made.missing.empty()) made.missing = hole->path;
        }
        return filled;
    };
    made.content.header = fill(from.header);
    made.content.body = fill(from.body);
    return made;
}

bool catalogue::has_template(message_id what) const noexcept {
    const auto& forms = parts_->at(what).forms;
    return std::any_of(forms.begin(), forms.end(), [](const message_form& each) {
        return each.approved.has_value();
    });
}

bool catalogue::has(message_id what, std::string_view language) const noexcept {
    const auto& texts = parts_->at(what).texts;
    return std::any_of(texts.begin(), texts.end(), [&](const message_text& each) {
        const auto& tag = parts_->languages[each.language].tag;
        return tag == language || tag == base_of(language);
    });
}

std::span<const std::size_t> catalogue::paths_used(message_id what) const noexcept {
    return parts_->at(what).paths;
}

std::span<const std::size_t> catalogue::paths_needed(message_id what) const noexcept {
    return parts_->at(what).needed;
}

std::span<const message_form> catalogue::forms(message_id what) const noexcept {
    return parts_->at(what).forms;
}

const std::vector<language_tag>& catalogue::languages() const noexcept {
    return parts_->required;
}

}  // namespace tertulia::dialogs
