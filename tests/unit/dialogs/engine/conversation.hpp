// A conversation in a test: she says, the bot answers, time passes. All inputs are literal.

#pragma once

#include "dialogs/engine/step.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace tertulia::dialogs::testing_talk {

using namespace std::chrono_literals;

constexpr instant monday_morning =
    std::chrono::sys_days{std::chrono::year{2026} / 11 / 23} + 16h + 40min;

inline loan small_loan(std::string id, std::string product, std::int64_t instalment_minor) {
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

// Rosa: one loan, Brenda as her credit agent, a PIN.
inline client_facts rosa() {
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

class conversation {
public:
    explicit conversation(std::shared_ptr<const script_set> scripts)
        : scripts_(std::move(scripts)) {
        known.as_of = monday_morning - 10min;
        known.phones = {"+50255551234"};
    }

    void know(client_facts who) {
        known.clients = {std::make_shared<const client_facts>(std::move(who))};
    }

    std::vector<std::string> hear(
        inbound_content content, std::optional<secret_answer> secret = {}
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
    std::vector<std::string> say(std::string text) { return hear(typed_text{std::move(text)}); }
    std::vector<std::string> pin(secret_answer answer) {
        EXPECT_TRUE(awaits_secret(*scripts_, session)) << "nobody asked for a PIN";
        return hear(typed_text{"••••••"}, answer);
    }
    // Taps the choice of the last question that reads so.
    std::vector<std::string> tap(const std::string& title) {
        for (const auto& one : choices) {
            if (one.title == title) return hear(tapped_choice{one.id, one.title});
        }
        ADD_FAILURE() << "nothing to tap reads " << title;
        return {};
    }
    // Time passes; the timers that are due then fire, the soonest first, each at its instant.
    std::vector<std::string> wait(milliseconds time) {
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

    std::vector<std::string> happen(const event& what) {
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

    template <class Effect>
    [[nodiscard]] const Effect* found() const {
        for (const auto& effect : last) {
            if (const auto* one = std::get_if<Effect>(&effect)) return one;
        }
        return nullptr;
    }

    void use(std::shared_ptr<const script_set> scripts) { scripts_ = std::move(scripts); }

    facts known{};
    dialogs::session session{};
    instant now{monday_morning};
    std::string device{};
    std::string group{};
    std::vector<effect> last{};
    std::vector<std::string> texts{};
    std::vector<choice> choices{};
    std::vector<outbound_content> others{};  // what is no text
    identity_kind known_as{identity_kind::wa_id};
    std::string channel{"whatsapp"};
    struct alarm {
        instant due{};
        std::uint64_t steps{};
    };
    std::map<std::string, alarm> timers{};

private:
    std::shared_ptr<const script_set> scripts_;
    int messages_{};
};

}  // namespace tertulia::dialogs::testing_talk
