// How long operators wait for their dialogs to be ready: a script of many states, from bytes to
// something that runs, beside yaml-cpp merely reading the same bytes. Then whether anything of ICU
// is made after that, and what a step costs in a script of that size.
//   text [--states 2000] [--runs 5]

#include "dialogs/engine/step.hpp"
#include "dialogs/script/script_set.hpp"
#include "tests/bench/parts/measure.hpp"
#include "tests/bench/parts/people.hpp"

#include <yaml-cpp/yaml.h>
#include <CLI/CLI.hpp>

#include <algorithm>
#include <chrono>
#include <fstream>
#include <iostream>
#include <sstream>

#include <unicode/utrace.h>

namespace {

using namespace tertulia;
using namespace tertulia::bench;

std::string text_of(const std::string& file) {
    std::ifstream in{file};
    if (!in) throw std::runtime_error{"cannot read " + file};
    std::ostringstream out;
    out << in.rdbuf();
    return std::move(out).str();
}

// Forty dialogs, each a chain of questions with two buttons and a message of figures in between:
// about the words and choices the institution's own dialogs have.
dialogs::script_sources large_script(int states, const std::string& folder) {
    constexpr int states_each = 50;
    dialogs::script_sources out;
    out.of = {
        .name = "Las Ceibas",
        .time_zone = "America/Guatemala",
        .languages = {"es"},
        .country = "GT",
        .phone = "+50225550100"};
    for (const auto* one : {"welcome", "fallback", "house"}) {
        const auto file = folder + "/dialogs/" + one + ".yaml";
        out.dialogs.push_back({file, text_of(file)});
    }
    // The house's menu names the flow of five states.
    out.dialogs.push_back({"balance.yaml", text_of(folder + "/dialogs/balance.yaml")});
    std::string messages = text_of(folder + "/messages/es.yaml");
    for (int dialog = 0; dialog * states_each < states; ++dialog) {
        const auto name = "large_" + std::to_string(dialog);
        std::ostringstream yaml;
        std::ostringstream words;
        yaml << "# Dialog number " << dialog << " of a large institution.\ndialog: " << name
             << "\nabout: What she may ask about, part " << dialog << ".\nstarts_on: {words: [tema"
             << dialog << "]}\nbegin: s0\n\nstates:\n";
        for (int i = 0; i < states_each; ++i) {
            const auto key = name + ".s" + std::to_string(i);
            const auto next = i + 1 < states_each ? "s" + std::to_string(i + 1) : "last";
            yaml << "  # Asked after the one before it has been answered.\n  s" << i
                 << ":\n    ask: " << key
                 << "\n    choices:\n      - {pick: yes_please, go: " << next
                 << ", words: [claro, por supuesto, quiero]}\n      - {pick: not_now, say: " << name
                 << ".bye, end: true, words: [ahora no, despues, gracias]}\n"
                    "    if_silent: {after: 30 min, end: true}\n\n";
            words << key << ":\n  text: |-\n    Pregunta " << i << " del tema " << dialog
                  << ": {institution.name} le cuenta paso por paso.\n\n"
                     "    Usted ve hoy, {now, date, weekday}, a las {now, time, short}, lo que "
                     "necesita saber.\n\n    ¿Quiere seguir con lo que viene después?\n"
                  << key << ".yes_please: \"Sí, por favor\"\n"
                  << key << ".not_now: \"Ahora no\"\n";
        }
        yaml << "  last: {say: " << name << ".bye, end: true}\n";
        words << name << ".bye: \"Está bien. Aquí estoy cuando me necesite.\"\n";
        out.dialogs.push_back({name + ".yaml", yaml.str()});
        messages += words.str();
    }
    out.messages.push_back({"es.yaml", std::move(messages)});
    out.phrases.push_back({"phrases/es.yaml", text_of(folder + "/dialogs/phrases/es.yaml")});
    return out;
}

double seconds_since(std::int64_t begin) {
    return static_cast<double>(now_us() - begin) / 1e6;
}

// ICU tells whoever asks about the data it opens: every formatter it makes opens some.
std::uint64_t opened = 0;
// Every step taps or types in the same two dialogs, however many there are. Best of a few rounds,
// in microseconds a step: what others do on the machine only ever adds.
double step_us(const dialogs::script_set& scripts, int rounds) {
    constexpr int steps = 20'000;
    const auto now = std::chrono::floor<milliseconds>(std::chrono::system_clock::now());
    const auto known = facts_of(1, now);
    double best = 0.0;
    for (int round = 0; round < rounds; ++round) {
        dialogs::session at;
        const auto begin = now_us();
        for (int i = 0; i < steps; ++i) {
            const dialogs::heard event{
                .message = {
                    .channel = "whatsapp",
                    .id = std::to_string(i),
                    .sent_at = now,
                    .from = {{identity_kind::wa_id, "50230000001"}},
                    .content = typed_text{i % 7 == 0 ? "tema" + std::to_string(i % 2) : "claro"}}};
            at = dialogs::step(scripts, at, event, *known, now + milliseconds{i * 1'000}, 1).next;
        }
        const auto each = static_cast<double>(now_us() - begin) / steps;
        best = round == 0 ? each : std::min(best, each);
    }
    return best;
}

void U_CALLCONV entered(const void*, std::int32_t) {}
void U_CALLCONV left(const void*, std::int32_t, const char*, va_list) {}
void U_CALLCONV told(const void*, std::int32_t number, std::int32_t, const char*, va_list) {
    if (number >= UTRACE_UDATA_START && number < UTRACE_RES_DATA_LIMIT) ++opened;
}

}  // namespace

int main(int argc, char** argv) {
    CLI::App line{"Script to ready, beside reading its YAML"};
    int states = 2'000;
    int runs = 5;
    std::string folder = "tests/bench/config/five_states";
    line.add_option("--states", states);
    line.add_option("--runs", runs);
    line.add_option("--folder", folder, "The dialogs every script must have");
    CLI11_PARSE(line, argc, argv);
    try {
        const auto sources = large_script(states, folder);
        std::size_t bytes = 0;
        for (const auto* list : {&sources.dialogs, &sources.messages, &sources.phrases}) {
            for (const auto& one : *list) bytes += one.text.size();
        }
        std::vector<double> reading;
        std::vector<double> ready;
        std::shared_ptr<const dialogs::script_set> scripts;
        for (int i = 0; i < runs; ++i) {
            auto begin = now_us();
            for (const auto* list : {&sources.dialogs, &sources.messages, &sources.phrases}) {
                for (const auto& one : *list) {
                    if (!YAML::Load(one.text)) throw std::runtime_error{one.path + " is empty"};
                }
            }
            reading.push_back(seconds_since(begin));
            begin = now_us();
            auto made = dialogs::load_scripts(sources);
            ready.push_back(seconds_since(begin));
            for (const auto& one : made.problems) {
                if (one.level == dialogs::severity::error) {
                    throw std::runtime_error{one.file + ": " + one.what};
                }
            }
            scripts = made.scripts;
        }
        std::ranges::sort(reading);
        std::ranges::sort(ready);
        const auto middle = static_cast<std::size_t>(runs / 2);

        // From here on every word is said with what was made at start.
        utrace_setLevel(UTRACE_VERBOSE);
        utrace_setFunctions(nullptr, entered, left, told);
        dialogs::session at;
        const auto now = std::chrono::floor<milliseconds>(std::chrono::system_clock::now());
        const auto known = facts_of(1, now);
        std::size_t said = 0;
        for (int i = 0; i < 500; ++i) {
            const dialogs::heard event{
                .message = {
                    .channel = "whatsapp",
                    .id = std::to_string(i),
                    .sent_at = now,
                    .from = {{identity_kind::wa_id, "50230000001"}},
                    .content = typed_text{i % 7 == 0 ? "tema" + std::to_string(i % 40) : "claro"}}};
            auto step =
                dialogs::step(*scripts, at, event, *known, now + milliseconds{i * 60'000}, 1);
            said += step.effects.size();
            at = std::move(step.next);
        }
        utrace_setLevel(UTRACE_OFF);
        const auto each_step = step_us(*scripts, runs);
        std::cout << json_line{}
                         .add("step_us", each_step)
                         .add("ready_ms", ready[middle] * 1e3)
                         .add("yaml_ms", reading[middle] * 1e3)
                         .add("ratio", ready[middle] / reading[middle])
                         .add("bytes", static_cast<double>(bytes))
                         .add("said", static_cast<double>(said))
                         .add("icu_opened_after_start", static_cast<double>(opened))
                         .text()
                  << std::endl;
        return said > 0 ? 0 : 1;
    } catch (const std::exception& error) {
        std::cerr << "text: " << error.what() << '\n';
        return 2;
    }
}
