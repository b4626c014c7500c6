#include "gateway/accounts/declared.hpp"

#include <algorithm>
#include <optional>

namespace tertulia::gateway {
namespace {

using adapters::whatsapp_cloud::listed_template;

std::string listing(const std::vector<std::string>& words) {
    std::string all;
    for (const auto& word : words) all += (all.empty() ? "" : ", ") + word;
    return all.empty() ? "none" : all;
}

// How the gaps of one part differ; nothing: not at all. The order counts only where they are
// numbered, and numbers are always in order.
std::optional<std::string> gaps_differ(
    const char* part, std::vector<std::string> ours, std::vector<std::string> theirs
) {
    std::ranges::sort(ours);
    std::ranges::sort(theirs);
    if (ours == theirs) return std::nullopt;
    return std::string{part} + " has the gaps " + listing(theirs) + " at Meta, and " +
           listing(ours) + " in our message";
}

void compare(
    const declared_template& ours,
    const listed_template& theirs,
    std::vector<template_difference>& out
) {
    const auto differ = [&](bool fails, const std::string& what, const char* mend) {
        out.push_back(
            {ours.name,
             ours.language,
             fails,
             "Template " + ours.name + " (" + ours.language + ") of " + ours.message + ": " + what +
                 ". " + mend}
        );
    };
    if (!may_be_sent(theirs.status)) {
        differ(
            true,
            "it is " + theirs.word + (theirs.reason.empty() ? "" : " (" + theirs.reason + ")"),
            "It is not sent until Meta approves it."
        );
        out.back().of_status = true;
    }
    constexpr auto* make_alike = "Change our message, or register the template again.";
    if (!theirs.header_media.empty() && !ours.header.empty()) {
        differ(true, "its header is " + theirs.header_media + " at Meta", make_alike);
    } else if (const auto wrong = gaps_differ("its header", ours.header, theirs.header)) {
        differ(true, *wrong, make_alike);
    }
    if (const auto wrong = gaps_differ("its body", ours.body, theirs.body)) {
        differ(true, *wrong, make_alike);
    }
    const auto quick = static_cast<std::size_t>(std::ranges::count(theirs.buttons, "QUICK_REPLY"));
    if (quick != ours.quick_replies) {
        differ(
            quick < ours.quick_replies,
            "it has " + std::to_string(quick) + " quick replies at Meta, and " +
                std::to_string(ours.quick_replies) + " in our message",
            make_alike
        );
    }
    if (!theirs.category.empty() && !ours.category.empty() && theirs.category != ours.category) {
        differ(
            false,
            "it is " + theirs.category + " at Meta, and " + ours.category + " in our message",
            "Its price and its limits are Meta's; write its category as it is."
        );
    }
}

}  // namespace

std::vector<template_difference> template_differences(
    std::span<const declared_template> declared, std::span<const listed_template> there
) {
    std::vector<template_difference> out;
    for (const auto& ours : declared) {
        std::vector<std::string> languages;
        const listed_template* same = nullptr;
        for (const auto& one : there) {
            if (one.name != ours.name) continue;
            languages.push_back(one.language);
            if (one.language == ours.language) same = &one;
        }
        if (same != nullptr) {
            compare(ours, *same, out);
            continue;
        }
        const auto what = languages.empty()
                              ? std::string{": Meta has no template of this name. "}
                              : ": Meta has it in " + listing(languages) + " only. ";
        out.push_back(
            {ours.name,
             ours.language,
             true,
             "Template " + ours.name + " (" + ours.language + ") of " + ours.message + what +
                 "Register it in WhatsApp Manager."}
        );
    }
    return out;
}

}  // namespace tertulia::gateway
