#include "gateway/commands/media_route.hpp"

#include <string_view>
#include <utility>

namespace tertulia::gateway {
namespace {

constexpr std::string_view shown_prefix = "/media/";

}  // namespace

http::route media_route(const media_library& from) {
    return {
        .method = "GET",
        .path = "/media/*",
        .handle =
            [&from](const http::request& asked, http::reply answer) {
                const auto found = from.find(asked.path.substr(shown_prefix.size()));
                if (!found) {
                    std::move(answer).send(http::problem(
                        404,
                        "no-such-file",
                        "There is no such file",
                        "Its message was changed since."
                    ));
                    return;
                }
                std::move(answer).send({
                    .content_type = found->is.type,
                    .body = found->bytes,
                    .headers =
                        {
                            {"Cache-Control", "public, max-age=31536000, immutable"},
                            {"X-Content-Type-Options", "nosniff"},
                        },
                });
            },
    };
}

}  // namespace tertulia::gateway
