#include "gateway/commands/chat_talk.hpp"

#include "dialogs/engine/waiting_state.hpp"
#include "dialogs/facts/names.hpp"
#include "dialogs/rehearsal/test_writer.hpp"
#include "dialogs/understanding/answers.hpp"

#include <charconv>
#include <cmath>
#include <cstdlib>
#include <istream>
#include <ostream>
#include <utility>

namespace tertulia::gateway {
namespace {

constexpr auto how_to =
    "Write as a client would. A number picks a choice. /wait MINUTES lets time pass, /location LAT "
    "LON shares a place, /picture and /voice send one, /agent release gives back what a person "
    "has, "
    "/core down|stale|up, /where shows the state, /quit ends.\n";

std::optional<std::string> after(const std::string& line, std::string_view command) {
    if (!line.starts_with(command)) return std::nullopt;
    return line.substr(command.size());
}

std::size_t number_in(const std::string& text) {
    std::size_t value = 0;
    const auto* end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, value);
    return error == std::errc{} && stop == end ? value : 0;
}

}  // namespace

chat_talk::chat_talk(
    dialogs::stage on,
    chat_shows shows,
    std::function<void(dialogs::stage&)> refresh,
    std::ostream& out
)
    : on_{std::move(on)}, shows_{shows}, refresh_{std::move(refresh)}, out_{out} {}

void chat_talk::run(std::istream& in) {
    out_ << how_to;
    for (std::string line; out_ << "> " << std::flush, std::getline(in, line);) {
        if (!take(line)) return;
    }
    out_ << '\n';
}

bool chat_talk::take(const std::string& line) {
    if (line == "/quit") return false;
    if (line.empty()) return true;
    if (line == "/where") {
        show_place();
        return true;
    }
    play(step_of(line));
    return true;
}

dialogs::test_step chat_talk::step_of(const std::string& line) const {
    if (const auto minutes = after(line, "/wait ")) {
        return {.does = dialogs::time_passes{std::chrono::minutes{number_in(*minutes)}}};
    }
    if (const auto place = after(line, "/location ")) {
        shared_location where;
        char* rest = nullptr;
        where.latitude = std::strtod(place->c_str(), &rest);
        where.longitude = std::strtod(rest, nullptr);
        return {.does = dialogs::she_sends{.content = where}};
    }
    if (line == "/picture" || line == "/voice") {
        received_media media{.kind = media_kind::image, .id = "chat"};
        if (line == "/voice") media.kind = media_kind::voice_note;
        return {.does = dialogs::she_sends{.content = std::move(media)}};
    }
    if (const auto action = after(line, "/agent ")) {
        return {.does = dialogs::agent_acts{*action}};
    }
    if (const auto word = after(line, "/core ")) {
        const auto state = *word == name_of(core_state::down)    ? core_state::down
                           : *word == name_of(core_state::stale) ? core_state::stale
                                                                 : core_state::up;
        return {.does = dialogs::core_becomes{state}};
    }
    if (on_.awaits_pin()) {
        // Compared here, so that the digits are in no recording.
        if (const auto digits = dialogs::six_digits(line)) {
            return {.does = dialogs::she_gives_pin{on_.compare(*digits)}};
        }
    } else if (const auto number = number_in(line);
               number > 0 && number <= on_.choices().size() && !answers_in_own_words()) {
        return {.does = dialogs::she_taps{.pick = on_.name_of(on_.choices()[number - 1])}};
    }
    return {.does = dialogs::she_types{{.same = line, .each = {}}}};
}

// A figure typed there is the answer, not the number of a choice.
bool chat_talk::answers_in_own_words() const {
    const auto* asked = dialogs::waiting_state(on_.scripts(), on_.at());
    return asked != nullptr && asked->does == dialogs::verb::ask &&
           asked->answers == dialogs::answer_kind::typed;
}

void chat_talk::play(const dialogs::test_step& step) {
    if (refresh_) refresh_(on_);
    const bool was_under_way = !on_.at().frames.empty();
    const auto cannot = dialogs::play(on_, step, {});
    if (!cannot.empty()) {
        out_ << "   (" << cannot << ")\n";
        return;
    }
    recorded_.push_back(dialogs::line_of(step, {}));
    const auto expecting = dialogs::lines_expecting(on_, was_under_way, dialogs::with_texts::yes);
    recorded_.insert(recorded_.end(), expecting.begin(), expecting.end());
    show_said();
    show_effects();
    if (shows_ == chat_shows::also_why) show_why();
}

void chat_talk::show_said() const {
    for (const auto& line : on_.said()) {
        for (const auto& file : line.shows) out_ << "\n   (shows " << file << ')';
        if (!line.by_template.empty()) {
            out_ << "\n   (template " << line.by_template;
            for (const auto& gap : line.gaps) out_ << " [" << gap << ']';
            out_ << ')';
        }
        out_ << '\n' << (line.text.empty() ? "   (a message of another kind)" : line.text) << '\n';
        for (std::size_t i = 0; i < line.choices.size() && !line.written_out; ++i) {
            out_ << "  [" << i + 1 << "] " << line.choices[i].title << '\n';
        }
        out_ << '\n';
    }
}

void chat_talk::show_effects() const {
    for (const auto& effect : on_.effects()) {
        if (const auto* person = std::get_if<dialogs::hand_over>(&effect)) {
            out_ << "   (handed over to " << person->queue << ": " << person->reason << ")\n";
        } else if (const auto* record = std::get_if<dialogs::keep_record>(&effect)) {
            out_ << "   (kept: " << record->kind << ' ' << record->detail << ")\n";
        }
    }
}

void chat_talk::show_why() const {
    const auto& seen = on_.trace();
    const auto& script = on_.scripts().compiled();
    const auto percent = [](double share) {
        return std::to_string(std::lround(share * 100)) + " %";
    };
    if (seen.meant) {
        out_ << "   understood: " << (seen.meant->intent.empty() ? "nothing" : seen.meant->intent)
             << ' ' << percent(seen.meant->confidence);
        for (const auto& other : seen.meant->alternatives) {
            out_ << ", " << other.intent << ' ' << percent(other.confidence);
        }
        out_ << "; language " << (seen.meant->language.empty() ? "?" : seen.meant->language)
             << '\n';
    }
    if (!seen.entered.empty()) out_ << "   through:";
    for (const auto index : seen.entered) {
        const auto& state = script.at(index);
        out_ << ' ' << script.at(state.dialog).name << '.' << state.name;
    }
    if (!seen.entered.empty()) out_ << '\n';
    for (const auto& line : on_.said()) out_ << "   said: " << line.key << '\n';
    if (!seen.facts.empty()) out_ << "   facts:";
    for (const auto fact : seen.facts) out_ << ' ' << script.known->fields()[fact].path;
    if (!seen.facts.empty()) out_ << '\n';
    show_place();
}

void chat_talk::show_place() const {
    const auto& at = on_.at();
    out_ << "   at: ";
    for (const auto& frame : at.frames) out_ << frame.dialog << '.' << frame.state << ' ';
    if (at.frames.empty()) out_ << (at.queue.empty() ? "idle " : "");
    if (!at.queue.empty()) {
        out_ << (dialogs::with_person(at) ? "with a person (" : "a person is waited for (")
             << at.queue << ") ";
    }
    const auto time = on_.scripts().compiled().calendar->local(on_.now);
    out_ << "| language " << (at.language.empty() ? "?" : at.language) << " | "
         << (time.hour < 10 ? "0" : "") << time.hour << ':' << (time.minute < 10 ? "0" : "")
         << time.minute << '\n';
}

}  // namespace tertulia::gateway
