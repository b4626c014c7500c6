#include "tests/bench/parts/talk.hpp"

#include <fstream>
#include <stdexcept>
#include <string_view>

namespace tertulia::bench {
namespace {

std::string trimmed(std::string_view text) {
    const auto begin = text.find_first_not_of(" \t");
    if (begin == std::string_view::npos) return {};
    return std::string{text.substr(begin, text.find_last_not_of(" \t") - begin + 1)};
}

}  // namespace

talk read_talk(const std::string& file) {
    std::ifstream in{file};
    if (!in) throw std::runtime_error{"cannot read " + file};
    talk out;
    std::string line;
    for (int number = 1; std::getline(in, line); ++number) {
        if (line.empty() || line.starts_with('#')) continue;
        if (line.starts_with("first:")) {
            out.round_begins = out.steps.size();
            continue;
        }
        const auto one = line.find('|');
        const auto two = one == std::string::npos ? one : line.find('|', one + 1);
        if (two == std::string::npos) {
            throw std::runtime_error{
                file + ":" + std::to_string(number) + ": write TEXT | REPLIES | PIECE"};
        }
        out.steps.push_back({
            .text = trimmed(std::string_view{line}.substr(0, one)),
            .replies = std::stoi(line.substr(one + 1)),
            .expect = trimmed(std::string_view{line}.substr(two + 1)),
        });
    }
    if (out.steps.empty()) throw std::runtime_error{file + " has no step"};
    if (out.round_begins >= out.steps.size()) {
        throw std::runtime_error{file + ": nothing follows 'first:'"};
    }
    return out;
}

}  // namespace tertulia::bench
