#include "gateway/turns/long_messages.hpp"

#include "adapters/wire/sms_parts.hpp"

#include <algorithm>
#include <iterator>
#include <string>

namespace tertulia::gateway {
namespace {

// What a flood of pieces may cost: 2,000 messages of 16 KiB, here and in the store.
constexpr sms_joiner::limits bounds{.wait = wait_for_pieces};

long_message heard_as(const joined_sms& one) {
    long_message made;
    std::string ids;
    for (const auto& piece : one.parts) {
        made.pieces.push_back(identity_of(piece));
        ids += piece.id + '\n';
    }
    auto message = adapters::joined_message(one);
    made.event.id = identify({"joined", one.parts.front().link, ids});
    made.event.stamped = message.sent_at;
    made.event.from = message.from;
    made.event.what = dialogs::heard{.message = std::move(message)};
    return made;
}

}  // namespace

event_identity identity_of(const sms_part& piece) {
    return identify({"message", piece.link, piece.id});
}

long_messages::long_messages(const std::vector<kept_part>& waiting) : joiner_{bounds} {
    for (const auto& one : waiting) {
        std::ranges::move(joiner_.add(one.part, one.at), std::back_inserter(pushed_out_));
    }
}

long_messages::answer long_messages::add(const sms_part& piece, instant now) {
    if (joiner_.has(piece, now)) return repeated{};
    answer given = held{};
    for (auto& one : joiner_.add(piece, now)) {
        if (std::ranges::find(one.parts, piece) != one.parts.end()) {
            given = whole{heard_as(one)};
        } else {
            pushed_out_.push_back(std::move(one));
        }
    }
    return given;
}

std::vector<long_message> long_messages::given_up(instant now) {
    auto all = std::exchange(pushed_out_, {});
    std::ranges::move(joiner_.expire(now), std::back_inserter(all));
    std::vector<long_message> made;
    made.reserve(all.size());
    for (const auto& one : all) made.push_back(heard_as(one));
    return made;
}

std::optional<instant> long_messages::next_given_up() const {
    if (!pushed_out_.empty()) return instant{};
    return joiner_.next_expiry();
}

}  // namespace tertulia::gateway
