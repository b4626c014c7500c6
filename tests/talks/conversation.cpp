#include "tests/talks/conversation.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <utility>

namespace tertulia::dialogs::testing_talk {

loan small_loan(std::string id, std::string product, std::int64_t instalment_minor) {
    using std::chrono::year;
    loan made{};
    made.id = std::move(id);
    made.client_id = "rosa";
    made.product = std::move(product);
    made.principal = {instalment_minor * 6, {}};
    for (int n = 1; n <= 6; ++n) {
        instalment part{};
        part.number = n;
        part.due = n == 6   ? year{2027} / 4 / 14
                   : n == 1 ? year{2026} / 11 / 14
                   : n == 2 ? year{2026} / 12 / 14
                   : n == 3 ? year{2027} / 1 / 14
                   : n == 4 ? year{2027} / 2 / 14
                            : year{2027} / 3 / 14;
        part.total = {instalment_minor, {}};
        if (n == 1) part.paid = part.total;
        made.schedule.push_back(part);
    }
    return made;
}

client_facts rosa() {
    client_facts made{};
    made.who.id = "rosa";
    made.who.first_name = "Rosa";
    made.who.courtesy = "doña Rosa";
    made.who.language = "es";
    made.who.met_officer = true;
    made.credit_agent = officer{
        .id = "brenda",
        .first_name = "Brenda",
        .last_name = "Tzoc",
        .courtesy = "seño Brenda",
        .phone = "+50255550001",
        .branch_id = "xela",
        .picture = ""};
    made.home_branch = branch{
        .id = "xela",
        .name = "Xela",
        .street = "4a calle 5-10",
        .phone = "+50277770000",
        .hours = "Lun-Vie 8:00-17:00"};
    made.loans.push_back(small_loan("L-1", "Mujer Emprendedora", 20833));
    made.has_pin = true;
    return made;
}

conversation::conversation(std::shared_ptr<const script_set> scripts)
    : scripts_(std::move(scripts)) {
    known.as_of = monday_morning - 10min;
    known.phones = {"+50255551234"};
}

conversation::~conversation() = default;
conversation::conversation(const conversation&) = default;
conversation& conversation::operator=(const conversation&) = default;

void conversation::know(client_facts who) {
    known.clients = {std::make_shared<const client_facts>(std::move(who))};
}

std::vector<std::string> conversation::hear(
    inbound_content content, std::optional<secret_answer> secret
) {
    heard what{};
    what.message.channel = channel;
    what.message.id = "m" + std::to_string(++messages_);
    what.message.sent_at = now;
    what.message.from = {{known_as, "50255551234"}};
    what.message.identity_key_hash = device;
    what.message.group_id = group;
    what.message.content = std::move(content);
    what.secret = secret;
    return happen(what);
}

std::vector<std::string> conversation::say(std::string text) {
    return hear(typed_text{std::move(text)});
}

std::vector<std::string> conversation::pin(secret_answer answer) {
    EXPECT_TRUE(awaits_secret(*scripts_, session)) << "nobody asked for a PIN";
    return hear(typed_text{"••••••"}, answer);
}

std::vector<std::string> conversation::tap(const std::string& title) {
    for (const auto& one : choices) {
        if (one.title == title) return hear(tapped_choice{one.id, one.title});
    }
    ADD_FAILURE() << "nothing to tap reads " << title;
    return {};
}

std::vector<std::string> conversation::wait(milliseconds time) {
    const auto until = now + time;
    std::vector<std::string> keys;
    for (;;) {
        const auto soonest =
            std::min_element(timers.begin(), timers.end(), [](const auto& l, const auto& r) {
                return l.second.due < r.second.due;
            });
        if (soonest == timers.end() || soonest->second.due > until) break;
        now = std::max(now, soonest->second.due);
        const timer_fired what{.name = soonest->first, .steps = soonest->second.steps};
        timers.erase(soonest);
        for (auto& key : happen(what)) keys.push_back(std::move(key));
    }
    now = until;
    return keys;
}

std::vector<std::string> conversation::happen(const event& what) {
    const auto before = session;
    auto made = step(*scripts_, session, what, known, now, 7);
    const auto again = step(*scripts_, before, what, known, now, 7);
    EXPECT_EQ(made.next, again.next);
    EXPECT_EQ(made.effects.size(), again.effects.size());
    session = made.next;
    last = std::move(made.effects);
    std::vector<std::string> keys;
    for (const auto& effect : last) {
        if (const auto* sent = std::get_if<send>(&effect)) {
            keys.push_back(sent->purpose);
            if (const auto* by = std::get_if<say_template>(&sent->message.content)) {
                texts.push_back(by->text);
                continue;
            }
            if (const auto* where = std::get_if<ask_location>(&sent->message.content)) {
                texts.push_back(where->text);
                continue;
            }
            if (std::holds_alternative<say_location>(sent->message.content)) continue;
            const auto* said = std::get_if<say_text>(&sent->message.content);
            if (said == nullptr) {
                others.push_back(sent->message.content);
                continue;
            }
            texts.push_back(said->text);
            choices = said->choices;
        } else if (const auto* timer = std::get_if<set_timer>(&effect)) {
            timers[timer->name] = {.due = timer->due, .steps = session.steps};
        } else if (const auto* gone = std::get_if<cancel_timer>(&effect)) {
            timers.erase(gone->name);
        }
    }
    return keys;
}

void conversation::use(std::shared_ptr<const script_set> scripts) { scripts_ = std::move(scripts); }

}  // namespace tertulia::dialogs::testing_talk
