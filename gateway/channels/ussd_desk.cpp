#include "gateway/channels/ussd_desk.hpp"

#include "adapters/wire/plain_text.hpp"
#include "adapters/wire/text.hpp"

#include <algorithm>
#include <iterator>

namespace tertulia::gateway {
namespace {

namespace africas_talking = adapters::africas_talking;
using africas_talking::ussd_after;

constexpr std::size_t input_bytes_max = 512;

void answer_all(std::vector<http::reply> who, const std::string& body) {
    if (who.empty()) return;
    http::reply::send_all(std::move(who), http::response{.body = body});
}

// What she typed last, of a session whose steps before this one are not known any more.
std::string last_input(std::string_view text) {
    const auto star = text.rfind('*');
    return std::string{star == std::string_view::npos ? text : text.substr(star + 1)};
}

}  // namespace

ussd_desk::ussd_desk(ussd_settings settings, inbox& to, std::function<instant()> clock)
    : settings_{std::move(settings)},
      inbox_{to},
      clock_{std::move(clock)},
      watcher_{[this] { watch(); }} {}

ussd_desk::~ussd_desk() {
    {
        const std::scoped_lock lock{mutex_};
        ending_ = true;
    }
    wake_.notify_all();
    watcher_.join();
}

// Null: there are too many.
ussd_desk::session* ussd_desk::session_of(const std::string& id, steady::time_point now) {
    if (const auto found = sessions_.find(id); found != sessions_.end()) return &found->second;
    if (sessions_.size() >= ussd_sessions_max) {
        std::erase_if(sessions_, [&](const auto& one) {
            return now - one.second.since > ussd_session_life;
        });
        if (sessions_.size() >= ussd_sessions_max) return nullptr;
    }
    auto& made = sessions_[id];
    made.since = now;
    return &made;
}

void ussd_desk::step(const africas_talking::ussd_step& what, http::reply answer) {
    std::string body;
    {
        const std::scoped_lock lock{mutex_};
        const auto now = steady::now();
        auto* found = session_of(what.session_id, now);
        if (found == nullptr) {
            body = "END " + settings_.again;
        } else {
            auto& in = *found;
            const bool is_new = in.since == now && in.turn_text.empty() && !in.in_turn;
            const bool repeated = what.text == in.text && (!in.body.empty() || in.in_turn);
            if (repeated && !in.body.empty()) {
                body = in.body;
            } else if (repeated) {
                in.waiting.push_back(std::move(answer));
                return;
            } else if (in.is_late) {
                if (!in.in_turn) {
                    body = std::exchange(in.late_body, {});
                    in.is_late = false;
                } else {
                    body = "CON " + settings_.slow;
                }
            } else {
                auto input = what.text.empty() ? settings_.opening : std::string{};
                if (!what.text.empty()) {
                    const auto typed = africas_talking::new_input(what.text, in.text);
                    input = is_new || !typed ? last_input(what.text) : *typed;
                }
                if (!in.rest.empty() && input == settings_.more_key) {
                    body = next_page(in);
                } else {
                    in.text = what.text;
                    in.body.clear();
                    if (ask(what, std::move(input), in)) {
                        in.waiting.push_back(std::move(answer));
                        deadlines_.push_back(
                            {now + settings_.reply_within, what.session_id, what.text}
                        );
                        wake_.notify_all();
                        return;
                    }
                    sessions_.erase(what.session_id);
                    body = "END " + settings_.again;
                    found = nullptr;
                }
            }
            if (found != nullptr) {
                in.text = what.text;
                in.body = body;
            }
        }
    }
    std::move(answer).send({.body = std::move(body)});
}

// False: nothing more can be taken now.
bool ussd_desk::ask(const africas_talking::ussd_step& what, std::string input, session& in) {
    admission post;
    post.messages.push_back({
        .channel = settings_.name,
        // The inputs only grow within a session. They may hold a PIN, so they are not in the id.
        .id = "ussd " + what.session_id + ' ' + std::to_string(what.text.size()),
        .sent_at = clock_(),
        .from = {{identity_kind::phone, what.phone}},
        .content = typed_text{adapters::clean_text(input, input_bytes_max)},
    });
    post.in_reply = [desk = weak_from_this(), id = what.session_id,
                     text = what.text](said_in_reply said) {
        if (const auto here = desk.lock()) here->spoken(id, text, std::move(said));
    };
    in.rest.clear();
    in.turn_text = what.text;
    in.in_turn = true;
    if (inbox_.admit(post)) return true;
    in.in_turn = false;
    return false;
}

std::string ussd_desk::screen_of(session& of, const said_in_reply& said) const {
    std::string text;
    for (const auto& one : said.messages) {
        const auto words = adapters::plain_text(one.content);
        if (!words || words->empty()) continue;
        if (!text.empty()) text += '\n';
        text += *words;
    }
    // A person answers, later and by SMS; or it was answered before a restart of ours.
    if (text.empty()) return "END " + settings_.taken;
    of.then = said.awaits_answer ? ussd_after::answer : ussd_after::close;
    auto screen = africas_talking::show_ussd(text, of.then, settings_.more);
    of.rest = std::move(screen.rest);
    return std::move(screen.body);
}

std::string ussd_desk::next_page(session& of) const {
    auto screen = africas_talking::show_ussd(of.rest, of.then, settings_.more);
    of.rest = std::move(screen.rest);
    return std::move(screen.body);
}

void ussd_desk::spoken(
    const std::string& session_id, const std::string& text, said_in_reply said
) {
    std::vector<http::reply> waiting;
    std::string body;
    {
        const std::scoped_lock lock{mutex_};
        const auto found = sessions_.find(session_id);
        if (found == sessions_.end()) return;  // she has hung up
        auto& in = found->second;
        if (!in.in_turn || in.turn_text != text) return;
        in.in_turn = false;
        body = screen_of(in, said);
        if (in.is_late) {
            in.late_body = body;
        } else {
            in.body = body;
        }
        waiting = std::exchange(in.waiting, {});
    }
    answer_all(std::move(waiting), body);
}

void ussd_desk::ended(const std::string& session_id) {
    std::vector<http::reply> waiting;
    {
        const std::scoped_lock lock{mutex_};
        const auto found = sessions_.find(session_id);
        if (found == sessions_.end()) return;
        waiting = std::exchange(found->second.waiting, {});
        sessions_.erase(found);
    }
    answer_all(std::move(waiting), "END " + settings_.taken);
}

void ussd_desk::watch() {
    std::unique_lock lock{mutex_};
    while (!ending_) {
        if (deadlines_.empty()) {
            wake_.wait(lock, [this] { return ending_ || !deadlines_.empty(); });
            continue;
        }
        const auto soonest = deadlines_.front().at;
        if (steady::now() < soonest) {
            wake_.wait_until(lock, soonest, [this] { return ending_; });
            continue;
        }
        const auto due = std::move(deadlines_.front());
        deadlines_.pop_front();
        lock.unlock();
        announce(due);
        lock.lock();
    }
}

void ussd_desk::announce(const deadline& what) {
    std::vector<http::reply> waiting;
    const auto body = "CON " + settings_.slow;
    {
        const std::scoped_lock lock{mutex_};
        const auto found = sessions_.find(what.session_id);
        if (found == sessions_.end()) return;
        auto& in = found->second;
        if (!in.in_turn || in.turn_text != what.text || in.is_late) return;
        in.is_late = true;
        in.body = body;
        waiting = std::exchange(in.waiting, {});
    }
    answer_all(std::move(waiting), body);
}

}  // namespace tertulia::gateway
