#include "gateway/commands/meeting_preview.hpp"

#include "dialogs/meetings/advance.hpp"
#include "dialogs/script/program.hpp"

#include <algorithm>
#include <chrono>
#include <optional>
#include <set>
#include <utility>
#include <vector>

namespace tertulia::gateway {
namespace {

using namespace std::chrono_literals;
using namespace dialogs::meetings;

// A Tuesday at ten in Guatemala.
constexpr instant begins = std::chrono::sys_days{std::chrono::year{2026} / 12 / 1} + 16h;
constexpr auto guest_id = "+50255500199";
constexpr auto agent_id = "officer";
constexpr std::size_t indent = 6;

struct sample_member {
    const char* id{};
    const char* name{};
    role_set roles{};
};
constexpr sample_member people[]{
    {"1", "Rosa", any_of(role::member, role::president)},
    {"2", "María", any_of(role::member, role::treasurer)},
    {"3", "Ana", any_of(role::member, role::secretary)},
    {"4", "Juana", only(role::member)},
    {"5", "Elena", only(role::member)}};

plan sample_plan(const agenda_template& agenda, const institution& house, std::string_view language) {
    plan made{};
    made.group_id = "1";
    made.group_name = "Las Bugambilias";
    made.number = 12;
    made.created = begins - 72h;
    made.start = begins;
    made.language = language;
    made.moderator = {.id = agent_id, .name = "Brenda"};
    made.backup = {.id = "backup", .name = "Lucía"};
    made.currency = house.currency;
    made.internal_cash = {120'000, house.currency};
    made.last_minutes = {"…"};
    made.next = begins + std::chrono::days{28};
    plan_by(agenda, made);
    made.quiet = {.from = 0, .to = 0};  // it is shown at whatever hour
    for (const auto& one : people) {
        roster_member member{
            .id = one.id, .first_name = one.name, .full_name = one.name, .roles = one.roles};
        member.owes = {
            .loan_id = one.id,
            .instalment = {25'000, house.currency},
            .due = std::chrono::year{2026} / 12 / 1,
            .savings = {5'000, house.currency}};
        made.members.push_back(std::move(member));
    }
    return made;
}

class preview {
public:
    preview(
        const dialogs::script_set& scripts, const agenda_template& agenda, std::string_view language
    )
        : words_{*scripts.compiled().words},
          house_{scripts.compiled().house},
          agenda_{agenda},
          language_{language},
          at_{begins - 50h} {}

    std::string run() {
        heading();
        auto begun = begin(sample_plan(agenda_, house_, language_));
        room_ = std::move(begun.first);
        before();
        for (const auto& one : agenda_.steps) step_through(one);
        after();
        return std::move(page_);
    }

private:
    void heading() {
        page_ += "agenda " + agenda_.name + ", version " + agenda_.version + ": " + agenda_.about +
                 "\n" + std::string{name_of(agenda_.how)} + ", " +
                 std::string{name_of(agenda_.lasts_as)} + ", " + minutes_in_words(agenda_.lasts) +
                 " from start to end, in " + language_ +
                 "\nNames and amounts are made up. What is said in a step depends on what people do.\n";
    }

    static std::string minutes_in_words(std::chrono::minutes of) {
        const auto count = of.count();
        return count % 60 == 0 ? std::to_string(count / 60) + " h" : std::to_string(count) + " min";
    }

    void rule_off(const std::string& title) { page_ += "\n── " + title + "\n"; }

    // ---- what people do

    void before() {
        rule_off("before");
        act_by(agent(), {.what = verb::schedule});
        act_by(agent(), {.what = verb::announce});
        act_by(member("1"), {.what = verb::confirm});
        act_by(member("5"), {.what = verb::excuse, .text = "…"});
        for (const auto which : {timer_name::remind, timer_name::lobby}) fire(which);
        at_ = begins - 5min;
        for (const auto* id : {"1", "2", "3"}) act_by(member(id), {.what = verb::check_in});
        at_ = begins;
    }

    void step_through(const agenda_step& one) {
        rule_off(
            word("meeting.state." + std::string{name_of(one.made.at)}) + " · led by " +
            std::string{name_of(one.made.leader)} + " · at most " +
            minutes_in_words(one.made.timeout * (agenda_.lasts_as == window::day ? 24 : 1)) +
            (one.made.skip_if_empty ? " · skipped where nothing is to be done" : "") +
            (one.audio.empty() ? "" : " · with " + one.audio)
        );
        if (one.made.at == state::roll_call) {
            act_by(agent(), {.what = verb::open});
        } else if (room_.now != one.made.at) {
            act_by(agent(), {.what = verb::advance});
        }
        at_ += 1min;
        if (room_.now == one.made.at) acts_of(one.made.at);
        at_ += agenda_.rules.training_least;
    }

    void acts_of(state in) {
        const money loan{500'000, house_.currency};
        const money small{20'000, house_.currency};
        switch (in) {
            case state::roll_call:
                act_by(member("4"), {.what = verb::check_in});
                break;
            case state::minutes_reading:
                act_by(member("1"), {.what = verb::approve});
                break;
            case state::collection:
                act_by(member("1"), {.what = verb::report_payment});
                act_by(
                    from_outside(),
                    {.what = verb::see_payment,
                     .about = "1",
                     .loan_id = "1",
                     .transaction = "1",
                     .amount = {25'000, house_.currency}}
                );
                act_by(member("2"), {.what = verb::record_savings, .about = "1", .amount = small});
                act_by(member("4"), {.what = verb::cannot_pay, .text = "…"});
                break;
            case state::internal_loans:
                act_by(member("4"), {.what = verb::request_internal, .text = "…", .amount = small});
                vote();
                break;
            case state::admissions:
                act_by(
                    member("1"), {.what = verb::propose_member, .about = guest_id, .name = "Lidia"}
                );
                act_by(
                    {.as = role::guest, .id = guest_id, .name = "Lidia"},
                    {.what = verb::take_consent, .about = guest_id}
                );
                vote();
                break;
            case state::loan_requests:
                act_by(member("3"), {.what = verb::request_loan, .text = "…", .amount = loan});
                vote();
                break;
            case state::training:
                act_by(member("1"), {.what = verb::said, .text = "…"});
                act_by(member("1"), {.what = verb::quiz_answer, .number = 1});
                act_by(member("2"), {.what = verb::quiz_answer, .number = 2});
                break;
            case state::fines:
                act_by(
                    member("3"), {.what = verb::propose_fine, .about = "4", .fine = fine_kind::other}
                );
                act_by(member("4"), {.what = verb::justify, .text = "…", .number = 1});
                break;
            case state::closing:
                act_by(agent(), {.what = verb::note_agreement, .about = "4", .text = "…"});
                act_by(member("2"), {.what = verb::set_banker, .about = "2", .second = "4"});
                act_by(member("1"), {.what = verb::agree_next});
                break;
            default:
                break;
        }
    }

    void vote() {
        if (room_.requests.empty()) return;
        const int number = room_.requests.back().number;
        act_by(member("1"), {.what = verb::open_vote, .number = number});
        for (const auto* id : {"1", "2", "3", "4"}) {
            act_by(
                member(id), {.what = verb::cast_vote, .number = number, .choice = ballot::yes}
            );
        }
        act_by(member("1"), {.what = verb::close_vote, .number = number});
    }

    void after() {
        rule_off("afterwards");
        act_by(agent(), {.what = verb::close});
        for (const auto* id : {"1", "2", "3"}) act_by(member(id), {.what = verb::sign});
        act_by(agent(), {.what = verb::sign});
        act_by(member("4"), {.what = verb::rate, .number = rated_best});
    }

    static actor agent() { return {.as = role::agent, .id = agent_id, .name = "Brenda"}; }
    static actor member(const char* id) { return {.as = role::member, .id = id, .name = {}}; }
    static actor from_outside() { return {.as = role::system, .id = {}, .name = {}}; }

    void fire(timer_name which) {
        const auto due = room_.timers[static_cast<std::size_t>(which)];
        if (!due) return;
        at_ = std::max(at_, *due);
        act_by(from_outside(), {.what = verb::timer, .when = *due, .which = which});
    }

    // What the machine refuses here (a vote without a quorum, a fine the bylaws do not name) is not
    // said to anybody.
    void act_by(const actor& who, act what) {
        const bool was_timer = what.what == verb::timer;
        auto answer = advance(room_, {.by = who, .what = std::move(what), .at = at_});
        if (answer.refused != refusal::none) return;
        room_ = std::move(answer.next);
        say_all(answer.outs);
        if (!was_timer) fire(timer_name::digest);
    }

    // ---- what is said

    struct said {
        std::vector<std::string> to{};
        std::string key{};
        std::string text{};
        std::vector<std::string> titles{};
        bool pasted{};
    };

    void say_all(const std::vector<out>& outs) {
        std::vector<said> all;
        for (const auto& one : outs) {
            const auto* what = std::get_if<say>(&one);
            if (what == nullptr) continue;
            said made{.key = what->key, .text = text_of(*what), .pasted = what->to_paste};
            for (const auto& choice : what->choices) made.titles.push_back(choice.title_key.empty() ? choice.title : word(choice.title_key));
            const auto same = std::ranges::find_if(all, [&](const said& other) {
                return other.key == made.key && other.text == made.text &&
                       other.titles == made.titles && other.pasted == made.pasted;
            });
            auto& to = same == all.end() ? all.emplace_back(std::move(made)) : *same;
            to.to.push_back(name_of_person(what->to));
        }
        for (const auto& one : all) {
            std::string whom = one.pasted ? "for the group, to be pasted by" : "to";
            for (std::size_t i = 0; i < one.to.size(); ++i) whom += (i == 0 ? " " : ", ") + one.to[i];
            tell(whom, one.key, one.text, one.titles);
        }
    }

    void tell(
        const std::string& whom, std::string_view key, std::string_view text,
        const std::vector<std::string>& titles
    ) {
        page_ += "\n  " + whom + "   (" + std::string{key} + ")";
        if (!told_.insert(std::string{key} + '\n' + std::string{text}).second) {
            page_ += ": as before\n";
            return;
        }
        page_ += '\n';
        while (!text.empty()) {
            const auto end = std::min(text.find('\n'), text.size());
            if (end > 0) page_.append(indent, ' ').append(text.substr(0, end));
            page_ += '\n';
            text.remove_prefix(std::min(end + 1, text.size()));
        }
        if (titles.empty()) return;
        page_.append(indent, ' ');
        for (std::size_t i = 0; i < titles.size(); ++i) {
            page_ += (i == 0 ? "[" : " [") + titles[i] + "]";
        }
        page_ += '\n';
    }

    [[nodiscard]] std::string name_of_person(const recipient& whom) const {
        if (whom.is == recipient::kind::guest) return "Lidia (guest)";
        if (const auto* one = find_member(room_.planned, whom.id)) return one->first_name;
        const auto& is = whom.id == room_.planned.backup.id ? room_.planned.backup : room_.planned.moderator;
        return is.name + " (officer)";
    }

    [[nodiscard]] std::string word(std::string_view key) const {
        return words_.format(key, language_, {}, {});
    }

    [[nodiscard]] std::string text_of(const say& what) const {
        told_meeting told;
        told.values["group"] = room_.planned.group_name;
        for (const auto& one : what.arguments) {
            told.values[one.name] =
                std::visit([this](const auto& value) { return as_fact(value); }, one.value);
        }
        fact_view seen{};
        seen.house = &house_;
        seen.language = language_;
        seen.now = at_;
        seen.of_meeting = &told;
        return words_.format(what.key, language_, {}, seen);
    }

    template <class Value>
    [[nodiscard]] fact_value as_fact(const Value& value) const {
        return value;
    }
    [[nodiscard]] fact_value as_fact(const message_key& of) const { return word(of.key); }
    [[nodiscard]] fact_value as_fact(const std::vector<message_key>& all) const {
        std::string made;
        for (const auto& one : all) made += (made.empty() ? "" : ", ") + word(one.key);
        return made;
    }
    [[nodiscard]] fact_value as_fact(const std::vector<std::string>& all) const {
        std::string made;
        for (const auto& one : all) made += (made.empty() ? "" : "\n") + one;
        return made;
    }
    [[nodiscard]] fact_value as_fact(const std::vector<digest_line>& all) const {
        std::string made;
        for (const auto& one : all) {
            made += (made.empty() ? "*" : "\n*") + one.name + "*: " + one.text;
        }
        return made;
    }

    const dialogs::catalogue& words_;
    const institution& house_;
    const agenda_template& agenda_;
    std::string language_;
    meeting room_{};
    instant at_;
    std::string page_{};
    std::set<std::string> told_{};  // so that each text is read once
};

}  // namespace

std::string meeting_page(
    const dialogs::script_set& scripts, const agenda_template& agenda, std::string_view language
) {
    return preview{scripts, agenda, language}.run();
}

}  // namespace tertulia::gateway
