// Writes compact JSON straight into a string, members in the order given: request bodies are made
// once per message, and a tree of values built only to be printed costs several times more.
// It does not check that calls are balanced: the caller's braces show that.

#pragma once

#include <string>
#include <string_view>
#include <utility>

namespace tertulia::adapters {

class json_writer {
public:
    json_writer& begin_object();
    json_writer& end_object();
    json_writer& begin_array();
    json_writer& end_array();
    json_writer& key(std::string_view name);

    // Escaped as JSON asks; what is not UTF-8 becomes U+FFFD, and NUL is dropped.
    json_writer& text(std::string_view value);
    json_writer& number(double value);  // finite
    json_writer& boolean(bool value);

    // The common member, in one call.
    json_writer& member(std::string_view name, std::string_view value) {
        return key(name).text(value);
    }

    // The document; the writer is empty afterwards.
    [[nodiscard]] std::string take() noexcept {
        comma_ = false;
        return std::exchange(json_, {});
    }

private:
    void separate();
    void quote(std::string_view value);

    std::string json_{};
    bool comma_{};  // a value stands before the next one
};

}  // namespace tertulia::adapters
