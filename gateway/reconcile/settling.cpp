#include "gateway/reconcile/settling.hpp"

#include <algorithm>
#include <map>
#include <string_view>

namespace tertulia::gateway {
namespace {

std::string_view trimmed(std::string_view text) {
    constexpr std::string_view blanks{" \t\r\n"};
    const auto first = text.find_first_not_of(blanks);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

// A number is written with and without its plus sign.
std::string_view number_of(std::string_view value) {
    return value.starts_with('+') ? value.substr(1) : value;
}

bool is_the_same(const adapters::sent_message& one, const unanswered_send& other) {
    return one.to && !other.text.empty() &&
           number_of(one.to->value) == number_of(other.to.value) &&
           trimmed(one.text) == trimmed(other.text) && one.at + clock_slack >= other.queued_at;
}

}  // namespace

std::vector<status_update> settle(
    const adapters::listed& page,
    const std::string& channel,
    std::vector<unanswered_send> waiting,
    const std::function<bool(const std::string& provider_id)>& is_known,
    std::vector<std::int64_t>& claimed
) {
    // The oldest listed is the oldest sent.
    std::ranges::sort(waiting, {}, &unanswered_send::outbox_id);
    std::vector<const adapters::sent_message*> sent;
    for (const auto& one : page.sent) {
        if (one.callback_data.empty()) sent.push_back(&one);
    }
    std::ranges::stable_sort(sent, {}, [](const auto* one) { return one->at; });
    std::map<std::string, std::int64_t, std::less<>> found;
    for (const auto* one : sent) {
        if (waiting.empty()) break;
        const auto match = std::ranges::find_if(waiting, [&](const unanswered_send& other) {
            return is_the_same(*one, other);
        });
        if (match == waiting.end() || is_known(one->id)) continue;
        found.emplace(one->id, match->outbox_id);
        claimed.push_back(match->outbox_id);
        waiting.erase(match);
    }
    auto statuses = page.statuses;
    for (auto& one : statuses) {
        const auto ours = found.find(one.message_id);
        if (ours == found.end()) continue;
        one.callback_data = std::to_string(ours->second);
        found.erase(ours);
    }
    for (const auto& [id, ours] : found) {
        const auto row = std::ranges::find(page.sent, id, &adapters::sent_message::id);
        statuses.push_back(
            {.channel = channel,
             .message_id = id,
             .status = delivery_status::accepted,
             .at = row->at,
             .callback_data = std::to_string(ours)}
        );
    }
    return statuses;
}

}  // namespace tertulia::gateway
