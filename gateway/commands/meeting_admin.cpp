#include "gateway/commands/meeting_admin.hpp"

#include "dialogs/wording/calendar.hpp"
#include "gateway/commands/admin_call.hpp"
#include "gateway/commands/commands.hpp"
#include "gateway/commands/meeting_routes.hpp"
#include "gateway/http/query.hpp"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <memory>
#include <string>

namespace tertulia::gateway {
namespace {

using nlohmann::json;

struct meeting_asked {
    std::string file{};
    std::string meeting{};  // "G12/7"
    std::string group{};
    std::string start{};
    std::string agenda{};
    std::string by{};
    std::string as{};
    std::string does{};
    std::string about{};
    std::string text{};
    std::string when{};
    std::string to{};
    std::string attendance{};
    std::string format{"text"};
    std::string language{};
    std::string out{};
    int minutes{};
    int number{};
};

std::string field(const json& of, const char* key) {
    if (!of.is_object() || !of.contains(key)) return {};
    const auto& value = of[key];
    if (value.is_string()) return value.get<std::string>();
    return value.is_null() ? std::string{} : value.dump();
}

bool answered(const http::answer& got, unsigned status) {
    return got.result == http::call_result::answered && got.status == status;
}

// "G12/7" as a path: the slash stays.
std::string path_of(const std::string& meeting, const std::string& rest = {}) {
    const auto slash = meeting.rfind('/');
    const auto group = http::percent_encode(meeting.substr(0, slash));
    const auto number =
        slash == std::string::npos ? std::string{} : http::percent_encode(meeting.substr(slash + 1));
    return std::string{meetings_path} + "/" + group + "/" + number + rest;
}

// As clocks show it at the institution: "2026-12-01 10:00".
std::string at_house(const config& settings, const json& of, const char* key) {
    if (!of.contains(key) || !of[key].is_number_integer()) return "-";
    const auto calendar = dialogs::local_calendar::make(settings.institution.time_zone);
    if (!calendar) return field(of, key);
    const auto there = calendar->local(from_millis(of[key].get<std::int64_t>()));
    std::array<char, 24> text{};
    const int size = std::snprintf(
        text.data(), text.size(), "%04d-%02u-%02u %02d:%02d", static_cast<int>(there.date.year()),
        static_cast<unsigned>(there.date.month()), static_cast<unsigned>(there.date.day()), there.hour,
        there.minute
    );
    return {text.data(), static_cast<std::size_t>(std::max(0, size))};
}

void print_meeting(const config& settings, const json& one) {
    std::cout << field(one, "meeting") << "  " << field(one, "state") << "  starts "
              << at_house(settings, one, "starts_at") << '\n';
}

int list_meetings_of(const config& settings, const meeting_asked& how) {
    const auto got = ask_admin(
        settings, "GET", std::string{meetings_path} + "?group=" + http::percent_encode(how.group)
    );
    if (!answered(got, 200)) return explain_failure(settings, got);
    const auto read = json::parse(got.body, nullptr, false);
    const auto all = read.is_object() ? read.value("meetings", json::array()) : json::array();
    for (const auto& one : all) print_meeting(settings, one);
    if (all.empty()) std::cout << "there are none\n";
    return 0;
}

// By agenda and version, so that what a change did can be seen.
int show_feedback_of(const config& settings, const meeting_asked& how) {
    const auto got = ask_admin(
        settings, "GET",
        std::string{meeting_feedback_path} + "?agenda=" + http::percent_encode(how.agenda)
    );
    if (!answered(got, 200)) return explain_failure(settings, got);
    const auto read = json::parse(got.body, nullptr, false);
    const auto all = read.is_object() ? read.value("feedback", json::array()) : json::array();
    for (const auto& one : all) {
        std::cout << field(one, "agenda") << "  version " << field(one, "version") << "  meetings "
                  << field(one, "meetings") << "  present " << field(one, "present") << "  good "
                  << field(one, "good") << "  so so " << field(one, "so_so") << "  not good "
                  << field(one, "not_good") << '\n';
        for (const auto& words : one.value("comments", json::array())) {
            if (words.is_string()) std::cout << "    " << words.get<std::string>() << '\n';
        }
    }
    if (all.empty()) std::cout << "nobody was asked yet\n";
    return 0;
}

int make_meeting(const config& settings, const meeting_asked& how) {
    json body{{"group", how.group}};
    if (!how.start.empty()) body["start"] = how.start;
    if (!how.agenda.empty()) body["agenda"] = how.agenda;
    const auto got = ask_admin(settings, "POST", meetings_path, body.dump());
    if (!answered(got, 201)) return explain_failure(settings, got);
    const auto made = json::parse(got.body, nullptr, false);
    std::cout << field(made, "meeting") << " is in preparation\n";
    if (made.contains("note")) std::cout << "but " << field(made, "note") << '\n';
    return 0;
}

void print_room(const config& settings, const json& one) {
    print_meeting(settings, one);
    const auto room = one.value("room", json::object());
    std::cout << "moderates " << field(room, "moderator") << ", next " << field(room, "next") << '\n'
              << "present " << field(room, "present") << ", quorum " << field(room, "quorum")
              << ", payments " << field(room.value("payments", json::object()), "received") << " of "
              << field(room.value("payments", json::object()), "due") << '\n';
    int number = 0;
    for (const auto& each : room.value("members", json::array())) {
        std::cout << "  " << ++number << ". " << field(each, "name") << "  " << field(each, "seat")
                  << "  " << field(each, "attendance") << "  " << field(each, "way")
                  << (each.value("hand_up", false) ? "  hand up" : "")
                  << (each.value("muted", false) ? "  muted" : "")
                  << (each.value("silent", false) ? "  silent: call her" : "") << '\n';
    }
    for (const auto& each : room.value("held", json::array())) {
        std::cout << "  held " << field(each, "number") << " (" << field(each, "rule") << ") of "
                  << field(each, "by") << ": " << field(each, "text") << '\n';
    }
}

int show_meeting_of(const config& settings, const meeting_asked& how) {
    const auto got = ask_admin(settings, "GET", path_of(how.meeting));
    if (!answered(got, 200)) return explain_failure(settings, got);
    print_room(settings, json::parse(got.body, nullptr, false));
    return 0;
}

int act_in(const config& settings, const meeting_asked& how) {
    json body{{"by", how.by}, {"does", how.does}};
    const auto add = [&body](const char* key, const std::string& text) {
        if (!text.empty()) body[key] = text;
    };
    add("as", how.as);
    add("about", how.about);
    add("text", how.text);
    add("when", how.when);
    add("to", how.to);
    add("attendance", how.attendance);
    if (how.minutes != 0) body["minutes"] = how.minutes;
    if (how.number != 0) body["number"] = how.number;
    const auto got = ask_admin(settings, "POST", path_of(how.meeting, "/acts"), body.dump());
    if (!answered(got, 200)) return explain_failure(settings, got);
    print_meeting(settings, json::parse(got.body, nullptr, false));
    return 0;
}

int print_log(const config& settings, const meeting_asked& how) {
    const auto got = ask_admin(settings, "GET", path_of(how.meeting, "/log"));
    if (!answered(got, 200)) return explain_failure(settings, got);
    const auto read = json::parse(got.body, nullptr, false);
    for (const auto& one : read.value("lines", json::array())) {
        std::cout << field(one, "seq") << "  " << at_house(settings, one, "at") << "  " << field(one, "as") << ' '
                  << field(one, "by") << "  " << field(one, "does");
        if (const auto about = field(one, "about"); !about.empty()) std::cout << ' ' << about;
        if (const auto rule = field(one, "rule"); !rule.empty()) std::cout << " (" << rule << ')';
        if (field(one, "before") != field(one, "after")) std::cout << "  -> " << field(one, "after");
        std::cout << '\n';
    }
    return 0;
}

int give_minutes(const config& settings, const meeting_asked& how) {
    if (how.format == "pdf" && how.out.empty()) {
        std::cerr << "tertulia: a page needs a file: --out minutes.pdf\n";
        return 1;
    }
    const auto got = ask_admin(
        settings, "GET",
        path_of(how.meeting, "/minutes?format=" + http::percent_encode(how.format) +
                                 "&language=" + http::percent_encode(how.language))
    );
    if (!answered(got, 200)) return explain_failure(settings, got);
    if (how.out.empty()) {
        std::cout << got.body;
        return 0;
    }
    std::ofstream file{how.out, std::ios::binary};
    file << got.body;
    file.close();
    if (file) return 0;
    std::cerr << "tertulia: " << how.out << " cannot be written\n";
    return 1;
}

}  // namespace

void add_meeting_admin(CLI::App& meeting, int& exit_code) {
    using run = int (*)(const config&, const meeting_asked&);
    const auto add = [&](const char* name, const char* about, run work) {
        auto* command = meeting.add_subcommand(name, about);
        auto how = std::make_shared<meeting_asked>();
        command->add_option("--config", how->file, "The config file")->required();
        command->callback([how, work, &exit_code] {
            const auto settings = load_config_or_explain(how->file);
            exit_code = settings ? work(*settings, *how) : 1;
        });
        return std::pair{command, how};
    };
    const auto of_one = [](CLI::App* command, meeting_asked& how) {
        command->add_option("meeting", how.meeting, "GROUP/NUMBER, as `list` tells it")->required();
    };
    {
        const auto [command, how] = add(
            "feedback", "What members said of their meetings, by agenda and version", show_feedback_of
        );
        command->add_option("--agenda", how->agenda, "Of this agenda alone");
    }
    {
        const auto [command, how] = add("list", "The meetings there are, the newest first", list_meetings_of);
        command->add_option("--group", how->group, "Of this group alone");
    }
    {
        const auto [command, how] = add(
            "create", "Prepare a group's meeting: the first, or one beside its calendar", make_meeting
        );
        command->add_option("--group", how->group, "Its id in core banking")->required();
        command->add_option("--start", how->start, "2026-12-01T10:00; without it as its calendar says");
        command->add_option("--agenda", how->agenda, "One of meetings/; without it the group's own");
    }
    {
        const auto [command, how] = add("show", "How one stands", show_meeting_of);
        of_one(command, *how);
    }
    {
        const auto [command, how] = add("act", "Do something in one, as its officer", act_in);
        of_one(command, *how);
        command->add_option("does", how->does, "schedule, announce, open, advance, pause, mute…")
            ->required();
        command->add_option("--by", how->by, "Who you are, as the staff list says: officer:7")->required();
        command->add_option("--as", how->as, "agent (without it), backup or supervisor");
        command->add_option("--about", how->about, "A member, by her client id or #4");
        command->add_option("--text", how->text, "Words: a reason, a correction");
        command->add_option("--minutes", how->minutes, "Of a pause, or a mute");
        command->add_option("--number", how->number, "Of a held line, a request, a fine, an incident");
        command->add_option("--when", how->when, "A day and hour");
        command->add_option("--to", how->to, "A step to go back to");
        command->add_option("--attendance", how->attendance, "present, late, excused or absent");
    }
    {
        const auto [command, how] = add("log", "What was done in one, without words and ballots", print_log);
        of_one(command, *how);
    }
    {
        const auto [command, how] = add("minutes", "Its minutes, so far or as signed", give_minutes);
        of_one(command, *how);
        command->add_option("--format", how->format, "text (without it), json or pdf");
        command->add_option("--language", how->language, "es, en, fr; the group's own without it");
        command->add_option("--out", how->out, "A file to write it to");
    }
}

}  // namespace tertulia::gateway
