// The minutes of the last meeting, and corrections and objections to these.

#include "dialogs/meetings/turn.hpp"
#include "dialogs/understanding/answers.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace tertulia::dialogs::meetings {

refusal turn::approve() {
    auto& record = *record_of(heard_.by.id);
    if (record.approved) return refusal::already;
    record.approved = true;
    reply("meeting.noted");
    return refusal::none;
}

// Its words are heard by who moderates, not by the room; who keeps the minutes hears that there is one,
// and its number.
refusal turn::object() {
    const bool is_of_last = room_.now == state::minutes_reading;
    auto& all = is_of_last ? room_.last_remarks : room_.remarks;
    if (all.size() >= remarks_max) return refusal::full;
    all.push_back({.at = at_, .by = heard_.by.id, .text = did().text});
    if (is_of_last) record_of(heard_.by.id)->approved = false;
    const auto number = std::int64_t{std::ranges::count(all, false, &remark::corrects)};
    reply("meeting.objection_taken");
    alert_moderator(
        "meeting.objection",
        {{"name", name_for(heard_.by)}, {"text", did().text}, {"number", number}}
    );
    for (std::size_t i = 0; i < room_.members.size(); ++i) {
        const auto& who = room_.planned.members[i];
        if (who.id == heard_.by.id || !is_here(room_.members[i])) continue;
        if (!has(roles_of(room_, {role::member, who.id, {}}), role::secretary)) continue;
        tell_member(who.id, "meeting.objection_to_settle", {{"number", number}});
    }
    return refusal::none;
}

namespace {

// "2 la hora": of one; "todas …": of all; the rest of the words is what is right.
struct correction {
    int number{};
    bool all{};
    std::string text{};
};

correction read_correction(const act& what) {
    correction made{.number = what.number, .text = what.text};
    std::string_view rest = what.text;
    const auto end = std::min(rest.find_first_of(" \t\n:,.;"), rest.size());
    const auto first = rest.substr(0, end);
    const auto from = std::min(rest.find_first_not_of(" \t\n:,.;", end), rest.size());
    int number{};
    const auto [stopped, failed] =
        std::from_chars(first.data(), first.data() + first.size(), number);
    const bool is_number = failed == std::errc{} && stopped == first.data() + first.size();
    static const std::array<std::string, 6> whole{
        keyword_key("todas"), keyword_key("todo"), keyword_key("todos"),
        keyword_key("all"), keyword_key("toutes"), keyword_key("tout")};
    const bool is_all = std::ranges::find(whole, keyword_key(first)) != whole.end();
    if (made.number == 0 && is_number && number > 0) made.number = number;
    made.all = is_all;
    if ((is_number || is_all) && from < rest.size()) made.text = rest.substr(from);
    return made;
}

// The objection of that number; nothing: there is none, or it is settled.
remark* open_objection(std::vector<remark>& all, int number) {
    int at = 0;
    for (auto& one : all) {
        if (one.corrects || ++at != number) continue;
        return one.settled ? nullptr : &one;
    }
    return nullptr;
}

std::string joined(const std::vector<std::string>& numbers) {
    std::string all;
    for (const auto& one : numbers) all += (all.empty() ? "" : ", ") + one;
    return all;
}

std::vector<std::string> numbers_of_open(const std::vector<remark>& all) {
    std::vector<std::string> open;
    int at = 0;
    for (const auto& one : all) {
        if (one.corrects) continue;
        ++at;
        if (!one.settled) open.push_back(std::to_string(at));
    }
    return open;
}

}  // namespace

// One objection is settled by its number, all only where she says so. What is corrected is signed
// anew.
refusal turn::edit_minutes() {
    if (did().text.empty()) return refusal::no_such;
    if (!is_fit()) return refusal::not_in_minutes;  // what is one's own is no word of the minutes
    const bool is_of_last = room_.now == state::minutes_reading;
    auto& all = is_of_last ? room_.last_remarks : room_.remarks;
    if (all.size() >= remarks_max) return refusal::full;
    auto said = read_correction(did());
    const auto open = numbers_of_open(all);
    auto* meant = open_objection(all, said.number);
    if (!said.all && meant == nullptr) {
        // "3 personas llegaron", with none open, is no number of an objection.
        if (open.size() > 1 || (said.number != 0 && !open.empty())) {
            why.push_back({"objections", joined(open)});
            return refusal::which_objection;
        }
        said.text = did().text;
    }
    if (said.text.empty()) return refusal::no_such;
    for (auto& one : all) {
        if (one.corrects || one.settled) continue;
        if (!said.all && meant != nullptr && &one != meant) continue;
        one.settled = true;
        tell_member(one.by, "meeting.objection_settled", {{"text", said.text}});
    }
    all.push_back(
        {.at = at_, .by = heard_.by.id, .text = said.text, .settled = true, .corrects = true}
    );
    if (!is_of_last) {
        ask_to_sign_again(said.text);
        room_.objection_told = false;
        set(timer_name::review_ends, at_ + std::chrono::hours{24});
    }
    reply("meeting.minutes_corrected");
    return refusal::none;
}

// Who had signed, and who moderates.
void turn::ask_to_sign_again(const std::string& text) {
    const arguments with{{"group", room_.planned.group_name}, {"text", text}};
    const choices signs{offer(verb::sign, "meeting.choice.sign")};
    std::vector<std::string> told{heard_.by.id};
    const auto once = [&](const std::string& id) {
        if (id.empty() || std::ranges::find(told, id) != told.end()) return false;
        told.push_back(id);
        return true;
    };
    for (const auto& one : room_.signatures) {
        if (!once(one.id)) continue;
        if (member_of(one.id) != nullptr) {
            tell_member(one.id, "meeting.sign_again", with, signs);
        } else {
            tell({recipient::kind::officer, one.id}, "meeting.sign_again", with, signs);
        }
    }
    room_.signatures.clear();
    if (once(room_.moderator)) alert_moderator("meeting.sign_again", with, signs);
}

void turn::decide_last_minutes() {
    const auto objected = std::ranges::count(room_.last_remarks, false, &remark::settled);
    const auto approved = std::ranges::count(room_.members, true, &member_record::approved);
    if (objected > 0) {
        room_.last_minutes = minutes_decision::objected;
    } else if (2 * approved > present_count(room_)) {
        room_.last_minutes = minutes_decision::approved;
    } else {
        room_.last_minutes = minutes_decision::by_silence;
    }
}

}  // namespace tertulia::dialogs::meetings
