// What a free text is about, learnt at load from the operators' example phrases: logistic
// regression over pieces of folded words. Deterministic; all languages in one model, so it also
// tells the language. Immutable after train(): free to use from any thread.

#pragma once

#include "dialogs/message/language.hpp"

#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tertulia::dialogs {

struct phrase {
    std::string intent{};
    language_tag language{};
    std::string text{};
};

struct guess {
    std::string intent{};
    double confidence{};  // 0 to 1; comparable within one answer
};

struct understood {
    std::string intent{};     // empty: do not act; ask between `alternatives`, or fall back if none
    double confidence{};      // of the best guess, whether acted on or not
    language_tag language{};  // of the examples it resembles; empty: no idea
    std::vector<guess> alternatives{};  // the nearest, best first, at most two; without `intent`
};

// Where a confident answer begins. `careful` intents (stop, complaint, hardship) cost the client
// something when guessed wrongly, so they must be clearer than the others and, when they come
// second and close, they are asked about too.
struct intent_limits {
    double act_at{0.5};  // confidence below which intent is empty
    double act_by{2.0};  // and this many times as likely as the next
    double careful_act_at{0.75};
    double alone_at{0.4};     // enough too, but for careful ones, when nothing else is near:
    double alone_by{3.0};     // this many times as likely as the next
    double known_share{0.3};  // of the text's pieces seen in training; below: do not know
    std::vector<std::string> careful{"stop", "complaint", "hardship"};
};

class intent_model {
public:
    [[nodiscard]] static intent_model train(
        std::span<const phrase> examples, const intent_limits& limits = {}
    );
    intent_model();  // knows nothing: every answer is empty
    ~intent_model();
    intent_model(intent_model&&) noexcept;
    intent_model& operator=(intent_model&&) noexcept;

    // `language`: what she speaks as far as known; it settles ties, no more. Empty: not known.
    [[nodiscard]] understood understand(std::string_view text, std::string_view language = {})
        const;

    [[nodiscard]] std::span<const std::string> intents() const noexcept;  // sorted

private:
    struct learnt;
    std::unique_ptr<const learnt> learnt_;
};

}  // namespace tertulia::dialogs
