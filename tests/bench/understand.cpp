// What it costs to understand one text, beside merely folding its spelling, and to learn the
// phrases.
//   understand [--rounds 5] [--phrases config/dialogs/phrases] [--texts tests/corpus/understanding]

#include "dialogs/understanding/intents.hpp"
#include "dialogs/understanding/normalise.hpp"
#include "tests/bench/parts/measure.hpp"

#include <yaml-cpp/yaml.h>
#include <CLI/CLI.hpp>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iostream>

namespace {

using namespace tertulia;
using namespace tertulia::bench;

constexpr const char* languages[]{"es", "en", "fr"};

std::vector<dialogs::phrase> phrases_in(const std::filesystem::path& folder) {
    std::vector<dialogs::phrase> all;
    for (const std::string language : languages) {
        for (const auto& intent : YAML::LoadFile(folder / (language + ".yaml"))) {
            for (const auto& text : intent.second) {
                all.push_back({intent.first.as<std::string>(), language, text.as<std::string>()});
            }
        }
    }
    return all;
}

std::vector<dialogs::phrase> held_out_in(const std::filesystem::path& folder) {
    std::vector<dialogs::phrase> all;
    for (const std::string language : languages) {
        std::ifstream file{folder / ("held_out." + language + ".tsv")};
        for (std::string line; std::getline(file, line);) {
            const auto tab = line.find('\t');
            if (line.starts_with('#') || tab == std::string::npos) continue;
            all.push_back({line.substr(0, tab), language, line.substr(tab + 1)});
        }
    }
    return all;
}

// Thirty intents of thirty phrases, as many as the shipped ones can be cut into.
std::vector<dialogs::phrase> thirty_by_thirty(const std::vector<dialogs::phrase>& from) {
    constexpr std::size_t wanted = 30 * 30;
    std::vector<dialogs::phrase> all;
    for (std::size_t i = 0; i < std::min(wanted, from.size()); ++i) {
        auto one = from[i * from.size() / wanted];
        one.intent = "intent" + std::to_string(i / 30);
        all.push_back(std::move(one));
    }
    return all;
}

// Microseconds; the best of some rounds, since what others do on the machine only ever adds.
double best_us(int rounds, const std::function<void()>& work) {
    std::int64_t best = 0;
    for (int i = 0; i < rounds; ++i) {
        const auto begin = now_us();
        work();
        const auto took = now_us() - begin;
        best = i == 0 ? took : std::min(best, took);
    }
    return static_cast<double>(best);
}

}  // namespace

int main(int argc, char** argv) {
    CLI::App line{"What it costs to understand a text"};
    int rounds = 5;
    std::string phrases = "config/dialogs/phrases";
    std::string texts = "tests/corpus/understanding";
    line.add_option("--rounds", rounds);
    line.add_option("--phrases", phrases);
    line.add_option("--texts", texts);
    CLI11_PARSE(line, argc, argv);
    try {
        const auto examples = phrases_in(phrases);
        const auto said = held_out_in(texts);
        if (examples.empty() || said.empty())
            throw std::runtime_error{"nothing to learn or to hear"};
        const auto few = thirty_by_thirty(examples);
        const auto learning =
            best_us(rounds, [&] { (void)dialogs::intent_model::train(examples); });
        const auto learning_few = best_us(rounds, [&] { (void)dialogs::intent_model::train(few); });
        const auto model = dialogs::intent_model::train(examples);
        std::size_t seen = 0;  // so that nothing is left out as unused
        const auto folding = best_us(rounds, [&] {
            for (const auto& each : said) seen += dialogs::fold(each.text).size();
        });
        const auto understanding = best_us(rounds, [&] {
            for (const auto& each : said) {
                seen += model.understand(each.text, each.language).alternatives.size();
            }
        });
        const auto count = static_cast<double>(said.size());
        std::cout << json_line{}
                         .add("text_us", understanding / count)
                         .add("fold_us", folding / count)
                         .add("ratio", understanding / folding)
                         .add("learning_ms", learning / 1e3)
                         .add("learning_900_ms", learning_few / 1e3)
                         .text()
                  << std::endl;
        return seen > 0 ? 0 : 1;
    } catch (const std::exception& error) {
        std::cerr << "understand: " << error.what() << '\n';
        return 2;
    }
}
