// The learners the intent model was chosen among, all given the same pieces of the same phrases:
// how often each one's first guess is right on the texts that choices may be made by (tuned.*.tsv;
// the held-out ones are never looked at for that). Guard rails and limits play no part.
//   candidates [--phrases config/dialogs/phrases] [--texts tests/corpus/understanding]

#include "dialogs/understanding/intents.hpp"
#include "dialogs/understanding/normalise.hpp"
#include "dialogs/understanding/pieces.hpp"

#include <yaml-cpp/yaml.h>
#include <CLI/CLI.hpp>
#include <linear.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

namespace {

using namespace tertulia;
using dialogs::phrase;

std::vector<phrase> phrases_in(const std::filesystem::path& folder) {
    std::vector<phrase> all;
    for (const std::string language : {"es", "en", "fr"}) {
        for (const auto& intent : YAML::LoadFile(folder / (language + ".yaml"))) {
            for (const auto& text : intent.second) {
                all.push_back({intent.first.as<std::string>(), language, text.as<std::string>()});
            }
        }
    }
    return all;
}

std::vector<phrase> texts_in(const std::filesystem::path& folder) {
    std::vector<phrase> all;
    for (const std::string language : {"es", "en", "fr"}) {
        std::ifstream file{folder / ("tuned." + language + ".tsv")};
        for (std::string line; std::getline(file, line);) {
            const auto tab = line.find('\t');
            if (line.starts_with('#') || tab == std::string::npos) continue;
            all.push_back({line.substr(0, tab), language, line.substr(tab + 1)});
        }
    }
    return all;
}

// Pieces as numbers from 1, rare ones weighing more, each text of unit length.
class space {
public:
    explicit space(const std::vector<phrase>& examples) {
        std::map<std::uint32_t, int> texts_with;
        for (const auto& each : examples) {
            for (const auto& [piece, count] : counted(each.text, true)) ++texts_with[piece];
        }
        rarity_.resize(numbers_.size() + 1);
        for (const auto& [piece, count] : texts_with) {
            rarity_[piece] = std::log(1.0 + static_cast<double>(examples.size()) / count);
        }
    }
    [[nodiscard]] std::map<std::uint32_t, int> counts(const std::string& text) const {
        return const_cast<space*>(this)->counted(text, false);
    }
    [[nodiscard]] std::vector<feature_node> row(const std::string& text) const {
        std::vector<feature_node> out;
        double squares = 0;
        for (const auto& [piece, count] : counts(text)) {
            const double value = (1 + std::log(count)) * rarity_[piece];
            out.push_back({static_cast<int>(piece), value});
            squares += value * value;
        }
        for (auto& one : out) one.value /= std::sqrt(squares);
        out.push_back({-1, 0});
        return out;
    }
    [[nodiscard]] std::size_t size() const noexcept { return numbers_.size(); }

private:
    std::map<std::uint32_t, int> counted(const std::string& text, bool learning) {
        std::map<std::uint32_t, int> out;
        dialogs::pieces_of(dialogs::fold(text), [&](std::uint64_t number, bool) {
            auto found = numbers_.find(number);
            if (found == numbers_.end()) {
                if (!learning) return;
                const auto next = static_cast<std::uint32_t>(numbers_.size() + 1);
                found = numbers_.emplace(number, next).first;
            }
            ++out[found->second];
        });
        return out;
    }
    std::unordered_map<std::uint64_t, std::uint32_t> numbers_{};
    std::vector<double> rarity_{};
};

using guesser = std::function<std::string(const phrase&)>;

guesser naive_bayes(
    const std::vector<phrase>& examples, const space& pieces, double smoothing
) {
    struct counts_of_intent {
        std::unordered_map<std::uint32_t, double> pieces{};
        double total{};
    };
    std::map<std::string, counts_of_intent> learnt;
    for (const auto& each : examples) {
        auto& one = learnt[each.intent];
        for (const auto& [piece, count] : pieces.counts(each.text)) {
            one.pieces[piece] += count;
            one.total += count;
        }
    }
    return [learnt = std::move(learnt), &pieces, smoothing](const phrase& text) {
        std::string best;
        double most = -1e300;
        const auto seen = pieces.counts(text.text);
        for (const auto& [intent, of] : learnt) {
            const double below = of.total + smoothing * static_cast<double>(pieces.size());
            double score = 0;
            for (const auto& [piece, count] : seen) {
                const auto found = of.pieces.find(piece);
                const double above = found == of.pieces.end() ? 0 : found->second;
                score += count * std::log((above + smoothing) / below);
            }
            if (score > most) {
                most = score;
                best = intent;
            }
        }
        return best;
    };
}

// LIBLINEAR's own learners.
guesser linear(
    const std::vector<phrase>& examples, const space& pieces, int solver, double cost
) {
    std::vector<std::string> intents;
    std::vector<std::vector<feature_node>> rows;
    std::vector<double> right;
    for (const auto& each : examples) {
        auto found = std::ranges::find(intents, each.intent);
        if (found == intents.end()) found = intents.insert(intents.end(), each.intent);
        right.push_back(static_cast<double>(found - intents.begin()));
        rows.push_back(pieces.row(each.text));
    }
    std::vector<feature_node*> starts;
    for (auto& one : rows) starts.push_back(one.data());
    problem lesson{};
    lesson.l = static_cast<int>(rows.size());
    lesson.n = static_cast<int>(pieces.size());
    lesson.y = right.data();
    lesson.x = starts.data();
    lesson.bias = -1;
    parameter how{};
    how.solver_type = solver;
    how.C = cost;
    how.eps = 0.01;
    how.p = 0.1;
    set_print_string_function([](const char*) {});
    const std::shared_ptr<model> made{
        train(&lesson, &how), [](model* one) { free_and_destroy_model(&one); }};
    return [made, intents, &pieces](const phrase& text) {
        const auto row = pieces.row(text.text);
        return intents[static_cast<std::size_t>(predict(made.get(), row.data()))];
    };
}

guesser ours(const std::vector<phrase>& examples) {
    const auto made =
        std::make_shared<const dialogs::intent_model>(dialogs::intent_model::train(examples));
    return [made](const phrase& text) {
        auto about = made->understand(text.text, text.language);
        if (!about.intent.empty()) return about.intent;
        return about.alternatives.empty() ? std::string{} : about.alternatives.front().intent;
    };
}

}  // namespace

int main(int argc, char** argv) {
    CLI::App line{"How the intent model was chosen"};
    std::string phrases{"config/dialogs/phrases"};
    std::string texts{"tests/corpus/understanding"};
    line.add_option("--phrases", phrases, "Folder of phrases");
    line.add_option("--texts", texts, "Folder of tuned.*.tsv");
    CLI11_PARSE(line, argc, argv);
    const auto examples = phrases_in(phrases);
    const auto asked = texts_in(texts);
    const space pieces{examples};
    const auto tell = [&](const char* name, const guesser& guess) {
        const auto right = std::ranges::count_if(asked, [&](const phrase& one) {
            return guess(one) == one.intent;
        });
        std::printf(
            "%-44s %5.1f %%\n", name, 100.0 * static_cast<double>(right) /
                                          static_cast<double>(asked.size())
        );
        std::fflush(stdout);
    };
    std::printf("%zu phrases, %zu texts, first guess right\n", examples.size(), asked.size());
    tell("naive Bayes, smoothing 0.1", naive_bayes(examples, pieces, 0.1));
    tell("naive Bayes, smoothing 0.01", naive_bayes(examples, pieces, 0.01));
    for (const double cost : {0.5, 2.0, 8.0}) {
        const auto at = " at C = " + std::to_string(cost).substr(0, 3);
        tell(
            ("LIBLINEAR support vector machine" + at).c_str(),
            linear(examples, pieces, L2R_L2LOSS_SVC_DUAL, cost)
        );
    }
    for (const double cost : {2.0, 8.0, 32.0}) {
        const auto at = " at C = " + std::to_string(cost).substr(0, 4);
        tell(
            ("LIBLINEAR logistic regression" + at).c_str(),
            linear(examples, pieces, L2R_LR, cost)
        );
    }
    tell("ours", ours(examples));
}
