// Which handler a request belongs to. Built once, then only read, so any thread may ask.

#pragma once

#include "gateway/http/http.hpp"

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace tertulia::gateway::http {

struct routed {
    const route* to{};         // null: nobody
    bool head_only{false};     // HEAD, answered by GET's handler
    std::string_view allow{};  // when null: what the path does allow; empty: the path is unknown
};

class router {
public:
    // Throws std::invalid_argument on a route without a handler, with a path that does not begin
    // with '/', or met twice.
    explicit router(std::vector<route> routes);

    // An exact path wins over a prefix, a longer prefix over a shorter one.
    [[nodiscard]] routed find(std::string_view method, std::string_view path) const;

private:
    struct text_hash {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const noexcept {
            return std::hash<std::string_view>{}(text);
        }
    };
    struct place {
        std::vector<std::size_t> routes{};
        std::string allow{};
    };
    [[nodiscard]] const place* place_of(std::string_view path) const;

    std::vector<route> routes_;
    std::unordered_map<std::string, place, text_hash, std::equal_to<>> exact_{};
    std::vector<std::pair<std::string, place>> prefixes_{};  // longest first, without the '*'
};

}  // namespace tertulia::gateway::http
