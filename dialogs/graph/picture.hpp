// The dialogs as a picture: states and the ways between them, perhaps with how many people went
// there. Makes text for Mermaid or Graphviz; what draws it is not here.

#pragma once

#include "dialogs/engine/step_trace.hpp"
#include "dialogs/script/program.hpp"

#include <cstddef>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

namespace tertulia::dialogs {

// How often states were entered and ways taken, by name, so that turns of several versions add up.
class traffic {
public:
    // `seen` is of a step on `of`.
    void add(const program& of, const step_trace& seen);

    [[nodiscard]] std::size_t entered(const std::string& state) const;  // "menu.what"
    [[nodiscard]] std::size_t taken(const std::string& state, const std::string& way) const;

private:
    // The ways of the program counted last, by their moves.
    void know(const program& of);

    const program* known_{};
    std::map<const move*, std::pair<std::string, std::string>> ways_{};
    std::map<std::string, std::size_t> entered_{};
    std::map<std::pair<std::string, std::string>, std::size_t> taken_{};
};

struct picture_state {
    std::string id{};     // "menu.what"; of another dialog that is only led to, its name
    std::string name{};   // "what"
    std::string verb{};   // "ask"; empty: a dialog that is only led to, or an end
    std::string text{};   // what is said or asked first; empty: nothing is
    std::string count{};  // "1204"; empty: not counted
};
struct picture_way {
    std::string from{};
    std::string to{};
    std::string name{};
    std::string count{};
};
struct picture_dialog {
    std::string name{};
    std::vector<picture_state> states{};
};
struct picture {
    std::vector<picture_dialog> dialogs{};
    std::vector<picture_state> outside{};  // other dialogs, and where a talk ends or returns
    std::vector<picture_way> ways{};
};

struct picture_options {
    std::string_view only{};  // the dialog to draw; empty: all
    // The text of a message in the language to draw in; empty where there is none.
    std::function<std::string(std::string_view key)> text{};
    const traffic* counts{};  // null: without numbers
};

[[nodiscard]] picture draw(const program& of, const picture_options& how);

[[nodiscard]] std::string to_mermaid(const picture& of);
[[nodiscard]] std::string to_dot(const picture& of);

}  // namespace tertulia::dialogs
