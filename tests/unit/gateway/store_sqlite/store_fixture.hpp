// What the store's tests share: a store on a file of its own, and events, turns and instants that
// read well in a test.

#pragma once

#include "gateway/store/sqlite/sqlite_store.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <unistd.h>

namespace tertulia::gateway {

inline constexpr instant monday =
    std::chrono::sys_days{std::chrono::year{2026} / std::chrono::November / 23};

inline identity phone(std::string number) { return {identity_kind::phone, std::move(number)}; }
inline identity wa_id(std::string digits) { return {identity_kind::wa_id, std::move(digits)}; }
inline identity bsuid(std::string id) { return {identity_kind::bsuid, std::move(id)}; }

inline incoming wrote(
    std::string message_id, std::vector<identity> from, std::string text, instant at = monday
) {
    dialogs::heard heard;
    heard.message.channel = "whatsapp";
    heard.message.id = message_id;
    heard.message.sent_at = at;
    heard.message.from = from;
    heard.message.content = typed_text{std::move(text)};
    return {
        .id = identify({"whatsapp", message_id}),
        .stamped = at,
        .from = std::move(from),
        .what = std::move(heard),
    };
}

// The turn an executor would make of it: one step further, saying `says`.
inline turn turn_of(
    const incoming& event, const opened& from, std::string state, instant now = monday
) {
    turn made;
    made.id = event.id;
    made.stamped = event.stamped;
    made.party = from.party;
    made.now = now;
    made.seed = 7;
    made.what = event.what;
    made.before = from.session;
    made.next = from.session;
    made.next.steps = from.session.steps + 1;
    made.next.now = now;
    made.next.frames = {{.dialog = "menu", .state = std::move(state)}};
    return made;
}

inline void say(turn& in, store& of, std::string text, std::string purpose = "greeting") {
    dialogs::send effect;
    effect.message.to = {"whatsapp", wa_id("50255551234")};
    effect.message.content = say_text{.text = std::move(text)};
    effect.purpose = std::move(purpose);
    outbox_entry entry{
        .id = of.next_outbox_id(),
        .party = in.party,
        .queued_at = in.now,
        .expires_at = in.now + std::chrono::hours{1},
        .urgency = effect.urgency,
        .purpose = effect.purpose,
        .message = effect.message,
    };
    entry.message.callback_data = std::to_string(entry.id);
    in.effects.emplace_back(std::move(effect));
    in.sends.push_back(std::move(entry));
}

struct store_test : testing::Test {
    store_test() {
        folder = std::filesystem::temp_directory_path() /
                 ("tertulia-store-" + std::to_string(getpid()) + "-" +
                  testing::UnitTest::GetInstance()->current_test_info()->name());
        std::filesystem::remove_all(folder);
        std::filesystem::create_directories(folder);
        how.path = (folder / "tertulia.db").string();
        how.generation_turns = 50;
        open_store();
    }
    ~store_test() override {
        kept.reset();
        std::filesystem::remove_all(folder);
    }
    void open_store() {
        kept.reset();
        kept = std::make_unique<sqlite_store>(how);
    }
    sqlite_store& db() { return *kept; }

    opened open_one(const incoming& event) { return db().open(std::span{&event, 1}).front(); }
    // One event, opened, stepped and committed.
    opened live(const incoming& event, const std::string& state, instant now = monday) {
        auto from = open_one(event);
        if (from.seen) return from;
        batch one;
        one.turns.push_back(turn_of(event, from, state, now));
        db().commit(one);
        return from;
    }
    std::string state_of(party_id party) {
        incoming probe{.id = identify({"probe"}), .stamped = monday, .party = party};
        const auto now = open_one(probe);
        return now.session.frames.empty() ? "" : now.session.frames.back().state;
    }

    std::filesystem::path folder;
    sqlite_settings how{};
    std::unique_ptr<sqlite_store> kept;
};

}  // namespace tertulia::gateway
